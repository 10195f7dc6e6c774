"""Answers about health and files: hidden until somebody says why, and for a while."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from applications.admissions import revealing
from applications.models import (
    Answer,
    Application,
    ApplicationLogEntry,
    FormRight,
    Upload,
)
from applications.models.rights import Right
from core import encryption
from home.roles import ADMISSIONS
from tests.helpers.applicants_files import (
    draft_of,
    file_question,
    kept,
    with_a_file_step,
)
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import (
    IDS,
    LABELS,
    ApplicationFormPageFactory,
    grant,
    question,
    send,
    take_all,
)
from tests.helpers.factories_steps import SteppedFormPageFactory, soup_of
from tests.helpers.revealing import inspect_url, reveal

HEALTH = "Vermilionazole"
LABEL = file_question()["value"]["label"]


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def application(client, form_page):
    send(client, form_page)
    return Application.objects.get()


@pytest.fixture
def url(application):
    return inspect_url(application.pk)


@pytest.fixture
def upload(application, form_page):
    upload = kept(draft_of(form_page), "Quillfeather.pdf")
    Upload.objects.update(draft=None, application=application)
    return upload


@pytest.fixture
def somebody(client, form_page):
    """``somebody(Right.SEE)`` logs in a person who has this right to the form."""

    def with_rights(*rights):
        group = Group.objects.create(name="Ward")
        names = ["access_admin", "view_application"]
        group.permissions.set(Permission.objects.filter(codename__in=names))
        grant(form_page, group, *rights)
        user = UserFactory()
        user.groups.add(group)
        client.force_login(user)
        return client

    return with_rights


def actions():
    entries = ApplicationLogEntry.objects.order_by("number")
    return list(entries.values_list("action", flat=True))


class TestHidden:
    def test_answers_about_health_are_and_others_are_not(self, log_in, url):
        html = log_in(ADMISSIONS).get(url).content.decode()

        assert HEALTH not in html
        assert LABELS["long_text"] in html
        assert "Quillfeather" in html
        assert "ada@example.org" in html

    def test_they_are_not_even_decrypted(self, log_in, url, monkeypatch):
        read = []

        def decrypt(token, place, decrypt=encryption.decrypt):
            text = decrypt(token, place)
            if place[0] == Answer._meta.db_table:
                read.append(text)
            return text

        monkeypatch.setattr(encryption, "decrypt", decrypt)

        log_in(ADMISSIONS).get(url)

        assert len(read) == len(IDS) - 1
        assert HEALTH not in repr(read)

    def test_whoever_only_sees_reads_nothing_and_has_read_nothing(
        self, somebody, url, application
    ):
        html = somebody(Right.SEE).get(url).content.decode()

        assert application.reference in html
        for text in ("Quillfeather", LABELS["short_text"], HEALTH, "Reveal"):
            assert text not in html
        assert actions() == []

    @pytest.mark.parametrize("right", [Right.READ, Right.DECIDE, Right.EXPORT])
    def test_no_right_but_to_reveal_opens_them(self, somebody, url, right):
        client = somebody(right)

        assert client.post(url, {"reason": "decide"}).status_code in {302, 403}
        html = client.get(url).content.decode()
        assert "Quillfeather" in html
        assert HEALTH not in html
        assert "it takes the right to reveal them" in html
        assert "applications.reveal" not in actions()


class TestRevealing:
    def test_shows_them_and_says_why_in_the_log(self, log_in, application):
        client = log_in(ADMISSIONS)

        response = reveal(client, application.pk, "request")

        assert HEALTH in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
        entry = ApplicationLogEntry.objects.get(action="applications.reveal")
        assert entry.user == client.user
        assert entry.object_id == str(application.pk)
        assert entry.data == {"reason": "request"}
        assert "asks about their data" in entry.formatter.format_message(entry)
        read = ApplicationLogEntry.objects.get(action="applications.read")
        assert read.data == {"is_revealed": True}

    def test_is_recorded_before_anything_is_shown(
        self, log_in, application, monkeypatch
    ):
        recorded = []

        def decrypt(token, place, decrypt=encryption.decrypt):
            if place[0] != Answer._meta.db_table:
                return decrypt(token, place)
            recorded.append("applications.reveal" in actions())
            return decrypt(token, place)

        client = log_in(ADMISSIONS)
        monkeypatch.setattr(encryption, "decrypt", decrypt)

        reveal(client, application.pk)

        assert recorded == [True] * len(IDS)

    @pytest.mark.parametrize("reason", ["", "because"])
    def test_asks_for_a_reason_at_its_place(self, log_in, url, reason):
        response = log_in(ADMISSIONS).post(url, {"reason": reason})

        soup = soup_of(response)
        assert "Choose" in soup.select_one("#reveal #reveal-error").text
        fieldset = soup.select_one("#reveal fieldset")
        assert fieldset["aria-describedby"] == "reveal-error"
        assert HEALTH not in response.content.decode()
        assert actions() == ["applications.read"]

    def test_keyboards_and_screen_readers_go_on_at_the_answers(self, log_in, url):
        client = log_in(ADMISSIONS)

        response = client.post(url, {"reason": "decide"})

        assert response.status_code == 302
        assert response.url == f"{url}#answers"
        heading = soup_of(client.get(url)).select_one("#answers")
        assert heading["tabindex"] == "-1"

    def test_lasts_for_a_reload_and_ends(self, log_in, url, application, monkeypatch):
        client = log_in(ADMISSIONS)
        reveal(client, application.pk)
        assert HEALTH in client.get(url).content.decode()

        later = timezone.now() + timedelta(seconds=revealing.LASTS + 1)
        monkeypatch.setattr(revealing.time, "time", later.timestamp)

        assert HEALTH not in client.get(url).content.decode()
        assert actions().count("applications.reveal") == 1

    def test_ends_at_once_when_hidden_or_signed_out(
        self, log_in, url, application, client
    ):
        officer = log_in(ADMISSIONS)
        reveal(officer, application.pk)
        assert (
            HEALTH not in officer.post(url, {"hide": "1"}, follow=True).content.decode()
        )

        reveal(officer, application.pk)
        client.logout()
        assert HEALTH not in log_in(ADMISSIONS).get(url).content.decode()

    def test_opens_this_application_alone(self, log_in, application, form_page, client):
        client.cookies.clear()
        send(client, form_page, email="b@example.org", short_text="Bea")
        other = Application.objects.exclude(pk=application.pk).get()
        officer = log_in(ADMISSIONS)

        reveal(officer, application.pk)

        html = officer.get(inspect_url(other.pk)).content.decode()
        assert "Bea" in html
        assert HEALTH not in html

    def test_ends_with_the_right(self, log_in, url, application):
        officer = log_in(ADMISSIONS)
        reveal(officer, application.pk)

        FormRight.objects.filter(right=Right.REVEAL).delete()

        assert HEALTH not in officer.get(url).content.decode()

    def test_is_recorded_of_administrators_too(self, log_in, url, application):
        staff = log_in(None)
        assert HEALTH not in staff.get(url).content.decode()

        reveal(staff, application.pk)

        assert "applications.reveal" in actions()

    def test_shows_nothing_that_cannot_be_recorded(
        self, log_in, url, application, settings
    ):
        officer = log_in(ADMISSIONS)
        keys, settings.FIELD_KEYS = settings.FIELD_KEYS, []

        html = officer.post(url, {"reason": "decide"}, follow=True).content.decode()

        assert "Nothing was shown or changed" in html
        settings.FIELD_KEYS = keys
        assert HEALTH not in officer.get(url).content.decode()


class TestFiles:
    def test_are_handed_out_once_revealed_each_recorded(
        self, log_in, upload, application
    ):
        officer = log_in(ADMISSIONS)
        address = reverse("application:file", args=[upload.pk])

        refused = officer.get(address, follow=True)
        assert "once you have said why" in refused.content.decode()
        assert actions() == ["applications.read"]
        reveal(officer, application.pk)
        for _ in range(2):
            assert b"".join(officer.get(address).streaming_content)

        assert actions().count("applications.file") == 2

    def test_are_not_handed_out_without_the_right(self, somebody, upload, application):
        client = somebody(Right.READ, Right.DECIDE, Right.EXPORT, Right.DELETE)
        address = reverse("application:file", args=[upload.pk])

        response = client.get(address)

        assert response.status_code in {302, 403}
        assert not response.streaming
        assert "applications.file" not in actions()

    def test_do_not_even_show_their_names(self, log_in, client, home):
        page = SteppedFormPageFactory(parent=home, questions=with_a_file_step())
        application = Application.objects.create(
            definition=page.latest_definition, submission_key=IDS["email"]
        )
        kept(draft_of(page), "Diagnosis.pdf")
        Upload.objects.update(draft=None, application=application)
        officer = log_in(ADMISSIONS)

        hidden = officer.get(inspect_url(application.pk)).content.decode()
        shown = reveal(officer, application.pk).content.decode()

        assert LABEL in hidden
        assert "Diagnosis.pdf" not in hidden
        assert "Diagnosis.pdf" in shown


def test_an_old_application_shows_its_own_questions_in_their_order(
    log_in, application, form_page
):
    """Whatever was renamed, moved, removed or made a question about health since."""
    stream = form_page._meta.get_field("questions").stream_block
    form_page.questions = stream.to_python(
        [
            question("email", label="Renamed", sensitivity="health", reason="To ask."),
            question("short_text"),
            question("telephone", label="Only asked later"),
            question("consent"),
        ]
    )
    form_page.save()

    soup = soup_of(reveal(log_in(ADMISSIONS), application.pk))

    terms = soup.select_one("#answers").find_next("dl").select("dt")
    found = [re.sub(r"\s+", " ", term.text).strip() for term in terms]
    expected = [LABELS[kind] for kind in IDS if kind != "consent"]
    assert found == [*expected, "Reading my answers"]


def test_nobody_reads_once_no_right_is_left(log_in, url, form_page):
    officer = log_in(ADMISSIONS)
    take_all(form_page)

    assert officer.get(url).status_code in {302, 403}
