"""Save and go on later: a link by e-mail, and the draft in another browser."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from applications.models import AccessLink, Application, Draft
from applications.models.links import LINKS_IN_INTERVAL
from tests.helpers.access_links import (
    ask_for_code,
    enter,
    latest_code,
    latest_link,
)
from tests.helpers.factories_applications import field
from tests.helpers.factories_steps import (
    SteppedFormPageFactory,
    fill_in,
    soup_of,
    walk,
)

SAVE = "/apply/save/"


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home)


@pytest.fixture
def other():
    return Client(headers={"host": "localhost"})


def save(client, email="ada@example.org"):
    return client.post(SAVE, {"email": email})


def go_on(client, path=None):
    """Open a link to a draft; return where it leads."""
    ask_for_code(client, path or latest_link())
    return enter(client, latest_code())


class TestSaving:
    def test_is_a_button_that_keeps_what_was_typed_on_the_step(
        self, client, form_page, commits
    ):
        walk(client, form_page, until="step/4/")

        asked = fill_in(client, "/apply/step/4/", "save", long_text="Vermilionazole")

        assert asked.url == SAVE
        page = soup_of(client.get(SAVE))
        assert page.select_one("#email")["value"] == "ada@example.org"
        sent = save(client)
        assert sent.status_code == 303
        assert "We are sending you" in client.get(sent.url).content.decode()
        step = soup_of(client.get("/apply/step/4/"))
        name = field("long_text")
        assert step.select_one(f"[name='{name}']").text.strip() == "Vermilionazole"

    def test_mails_a_link_and_nothing_of_the_form(self, client, form_page, commits):
        walk(client, form_page, until="step/4/")

        save(client)

        (message,) = mail.outbox
        assert message.to == ["ada@example.org"]
        assert message.subject == "The link you asked for"
        said = message.body + message.alternatives[0].content
        for secret in ("Quillfeather", "Apply for", "apply/", "2020"):
            assert secret not in said.replace("code.", "")
        assert latest_link()

    def test_for_the_same_address_at_many_places_fills_no_mailbox(
        self, client, form_page, commits
    ):
        walk(client, form_page, until="step/4/")
        save(client)
        first = AccessLink.objects.get()
        for _ in range(LINKS_IN_INTERVAL):
            AccessLink.objects.issue(
                first.email, draft=first.draft, contact_hash=first.contact_hash
            )

        assert save(client).status_code == 303

        assert len(mail.outbox) == 1

    def test_keeps_the_draft_for_four_weeks_and_says_so(
        self, client, form_page, commits
    ):
        walk(client, form_page, until="step/3/")

        save(client)

        week = timezone.now() + timedelta(days=27)
        assert Draft.objects.get().expires_at > week
        fill_in(client, "/apply/step/3/", yes_no="No")
        assert Draft.objects.get().expires_at > week

    def test_is_not_offered_before_there_is_a_draft(self, client, form_page):
        walk(client, form_page, until="step/2/")

        assert not soup_of(client.get("/apply/step/2/")).select("[name=save]")
        for response in (client.get(SAVE), save(client)):
            assert response.url == "/apply/step/2/"
        assert not AccessLink.objects.exists()

    @pytest.mark.parametrize("typed", ["", "ada", "a\x00@example.org"])
    def test_asks_again_for_what_is_no_address(self, client, form_page, typed):
        walk(client, form_page, until="step/3/")

        response = save(client, typed)

        assert response.status_code == 422
        assert "Enter your e-mail address in full" in response.content.decode()
        assert not AccessLink.objects.exists()

    def test_too_often_is_told(self, client, form_page, commits):
        walk(client, form_page, until="step/3/")
        for _ in range(3):
            assert save(client).status_code == 303

        response = save(client)

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "3600"
        assert 'value="ada@example.org"' in response.content.decode()


class TestGoingOn:
    @pytest.fixture
    def saved(self, client, form_page, commits):
        walk(client, form_page, until="step/4/")
        save(client)

    def test_in_another_browser_leads_to_the_first_open_step_with_all_answers(
        self, saved, client, other, form_page
    ):
        response = go_on(other)

        assert (response.status_code, response.url) == (303, "/apply/step/4/")
        fill_in(other, "/apply/step/4/", long_text="Vermilionazole, 5 mg")
        review = other.get("/apply/review/").content.decode()
        assert "Quillfeather" in review
        sent = fill_in(other, "/apply/review/")
        if "notice=fast" in sent.url:
            Draft.objects.update(created_at=timezone.now() - timedelta(minutes=1))
            fill_in(other, "/apply/review/")
        assert Application.objects.count() == 1

    def test_leads_to_the_step_that_was_left_though_nothing_is_missing_there(
        self, client, other, form_page, commits
    ):
        walk(client, form_page, until="step/3/")
        fill_in(client, "/apply/step/3/", "save", yes_no="No")
        save(client)

        assert go_on(other).url == "/apply/step/3/"

    def test_closes_it_in_the_browser_before(self, saved, client, other):
        go_on(other)

        response = client.get("/apply/step/4/")

        assert response.status_code == 303
        assert "Quillfeather" not in client.get("/apply/").content.decode()

    def test_keeps_no_answers_on_a_device_that_was_not_asked_to(
        self, client, other, form_page, commits
    ):
        walk(client, form_page, until="step/4/")
        fill_in(client, "/apply/step/4/", keep="on", long_text="")
        save(client)

        go_on(other)

        step = soup_of(other.get("/apply/step/4/"))
        assert not step.select_one("#keep").has_attr("checked")
        assert "until you close it" in step.text
        assert Draft.objects.get().expires_at > timezone.now() + timedelta(days=27)

    def test_ends_links_that_were_mailed_to_other_addresses(
        self, saved, client, other, commits
    ):
        mine = latest_link()
        save(client, "somebody@example.net")
        theirs = latest_link()

        go_on(other, mine)

        assert other.get(theirs).status_code == 410
        assert other.get(mine).status_code == 200

    def test_needs_the_code(self, saved, other):
        other.get(latest_link())
        ask_for_code(other, latest_link())

        enter(other, "000 000" if latest_code() != "000 000" else "000 001")

        assert "draft" not in other.cookies
        assert other.get("/apply/step/4/").status_code == 303

    def test_cookie_goes_to_this_form_until_the_browser_is_closed(self, saved, other):
        cookie = go_on(other).cookies["draft"]

        assert cookie["path"] == "/apply/"
        assert cookie["httponly"]
        assert not cookie["max-age"]
        assert not cookie["expires"]

    def test_shows_no_status_page(self, saved, other):
        go_on(other)

        assert other.get("/applications/status/").status_code == 410

    def test_with_what_was_sent_meanwhile_is_over(self, saved, client, other):
        path = latest_link()
        Draft.objects.all().delete()

        assert other.get(path).status_code == 410

    def test_with_what_was_kept_too_long_is_over(self, saved, other, at):
        path = latest_link()
        ask_for_code(other, path)
        Draft.objects.update(expires_at=timezone.now())

        assert enter(other, latest_code()).status_code == 410

    def test_by_a_new_link_that_is_asked_for(self, saved, other, commits):
        first = latest_link()

        other.post("/applications/link/new/", {"email": "ADA@example.org"})

        assert latest_link() != first
        assert mail.outbox[-1].to == ["ada@example.org"]
        assert go_on(other).url == "/apply/step/4/"

    def test_by_a_new_link_that_says_when_the_draft_ends(self, saved, other, commits):
        Draft.objects.update(expires_at=timezone.now() + timedelta(days=3))
        last = date_format(timezone.localtime(Draft.objects.get().expires_at))

        other.post("/applications/link/new/", {"email": "ada@example.org"})

        assert f"The link works until {last}." in mail.outbox[-1].body
