"""The status page, and the three acts: once each, with their consequences said."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import (
    AccessLink,
    Answer,
    Application,
    ApplicationSettings,
    ConsentRevocation,
    DeletedApplication,
)
from applications.models.rights import Right
from home.roles import ADMISSIONS, EDITORS
from tests.helpers.access_links import latest_link, open_status
from tests.helpers.at_once import at_once
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import (
    IDS,
    LABELS,
    ApplicationFormPageFactory,
    grant,
    send,
)

STATUS = "/applications/status/"
WITHDRAW = f"{STATUS}withdraw/"
DELETE = f"{STATUS}delete/"
REVOKE = f"{STATUS}consent/{IDS['consent']}/"
ACTS = (WITHDRAW, DELETE, REVOKE)


@pytest.fixture
def form_page(home):
    ApplicationSettings.objects.create(
        site=home.get_site(), notified="admissions@example.org"
    )
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def application(client, form_page, commits):
    send(client, form_page)
    return Application.objects.get()


@pytest.fixture
def applicant(application):
    """A browser in which the status page is open."""
    visitor = Client(headers={"host": "localhost"})
    open_status(visitor)
    mail.outbox.clear()
    return visitor


def text_of(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join((soup.main or soup).get_text(" ").split())


class TestStatusPage:
    @pytest.mark.parametrize(
        ("status", "words"),
        [
            ("received", "nobody has opened it yet"),
            ("reading", "It is being read"),
            ("closed", "It is closed"),
        ],
    )
    def test_says_in_plain_words_how_it_stands(
        self, applicant, application, status, words
    ):
        Application.objects.update(status=status)

        response = applicant.get(STATUS)

        assert words in text_of(response)
        assert application.reference in text_of(response)
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize(
        ("status", "field"),
        [
            ("received", "received_text"),
            ("reading", "read_text"),
            ("closed", "closed_text"),
        ],
    )
    def test_says_it_in_the_clinics_own_words(self, applicant, status, field):
        Application.objects.update(status=status)
        ApplicationSettings.objects.update(**{field: "Dr Curlew <reads> it."})

        response = applicant.get(STATUS)

        assert "Dr Curlew <reads> it." in text_of(response)

    def test_names_the_day_of_the_answer_and_admits_to_be_late(
        self, applicant, application
    ):
        ApplicationSettings.objects.update(answer_within=10)
        assert "You hear from us by" in text_of(applicant.get(STATUS))

        earlier = timezone.now() - timedelta(days=11)
        Application.objects.update(submitted_at=earlier)

        assert "and are late" in text_of(applicant.get(STATUS))

    def test_shows_no_answer_and_not_what_the_form_is_called(self, applicant):
        html = applicant.get(STATUS).content.decode()

        for secret in ("Quillfeather", "Vermilionazole", "ada@", "Apply for an"):
            assert secret not in html

    def test_asks_the_database_few_questions(
        self, applicant, django_assert_max_num_queries
    ):
        applicant.get(STATUS)

        with django_assert_max_num_queries(16):
            applicant.get(STATUS)


class TestDownload:
    def test_holds_every_answer_and_question(self, applicant, application):
        response = applicant.get(f"{STATUS}answers/")

        text = text_of(response)
        for label in LABELS.values():
            assert label in text
        for given in ("Ada Quillfeather", "Vermilionazole, 5 mg", "Agreed"):
            assert given in text

    def test_is_a_file_that_nobody_keeps_or_runs(self, applicant, application):
        response = applicant.get(f"{STATUS}answers/")

        name = f"answers-{application.reference}.html"
        disposition = response.headers["Content-Disposition"]
        assert disposition == f'attachment; filename="{name}"'
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    def test_escapes_what_was_typed(self, client, form_page, commits):
        send(client, form_page, long_text="<script>x</script>")
        open_status(client)

        html = client.get(f"{STATUS}answers/").content.decode()

        assert "<script" not in html
        assert "&lt;script&gt;x" in html

    def test_names_an_answer_that_cannot_be_read_and_gives_the_others(
        self, applicant, application
    ):
        Answer.objects.filter(question=IDS["email"]).delete()

        text = text_of(applicant.get(f"{STATUS}answers/"))

        assert "The answer to this question is missing" in text
        assert "Quillfeather" in text


class TestEveryAct:
    @pytest.mark.parametrize("address", ACTS)
    def test_says_what_follows_and_does_nothing_when_looked_at(
        self, applicant, application, address
    ):
        response = applicant.get(address)

        assert "No, go back" in text_of(response)
        assert applicant.head(address).status_code == 200
        application.refresh_from_db()
        assert application.status == "received"
        assert not ConsentRevocation.objects.exists()
        assert not mail.outbox

    @pytest.mark.parametrize("address", ACTS)
    def test_needs_a_button_of_this_site(self, applicant, application, address):
        strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
        strict.cookies = applicant.cookies

        assert strict.post(address).status_code == 403
        application.refresh_from_db()
        assert application.status == "received"

    @pytest.mark.parametrize("address", ACTS)
    def test_is_closed_to_who_has_no_code(self, applicant, application, address):
        stranger = Client(headers={"host": "localhost"})

        assert stranger.post(address).status_code == 410
        application.refresh_from_db()
        assert application.status == "received"

    @pytest.mark.parametrize("address", ACTS)
    def test_done_twice_is_done_once_and_staff_are_told_once_without_contents(
        self, applicant, application, address, commits
    ):
        answers = [applicant.post(address, follow=True) for _ in range(2)]

        assert [each.status_code for each in answers] == [200, 200]
        assert text_of(answers[0]) == text_of(answers[1])
        (message,) = mail.outbox
        assert message.to == ["admissions@example.org"]
        assert application.reference in message.subject
        for secret in (
            "Quillfeather",
            "Vermilionazole",
            "Apply for",
            LABELS["consent"],
        ):
            assert secret not in str(message.message()) + message.body

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("address", ACTS)
    def test_done_at_once_from_two_windows_is_done_once(
        self, applicant, application, address
    ):
        windows = [Client(headers={"host": "localhost"}) for _ in range(2)]
        for window in windows:
            window.cookies = applicant.cookies

        answers = at_once(*[lambda w=w: w.post(address).status_code for w in windows])

        assert answers == [303, 303]
        assert len(mail.outbox) == 1


class TestWithdrawing:
    def test_is_seen_by_staff_at_once_and_keeps_the_answers(
        self, applicant, application, log_in
    ):
        applicant.post(WITHDRAW)

        officer = log_in(ADMISSIONS)
        assert "Withdrawn" in officer.get(reverse("application:index")).content.decode()
        inspect = reverse("application:inspect", args=[application.pk])
        html = officer.get(inspect).content.decode()
        assert "Withdrawn" in html
        assert "Quillfeather" in html

    def test_shows_on_the_status_page_which_offers_it_no_more(self, applicant):
        applicant.post(WITHDRAW)

        response = applicant.get(STATUS)

        assert "You have withdrawn it" in text_of(response)
        assert WITHDRAW not in response.content.decode()

    def test_is_undone_by_nobody(self, applicant, application, log_in):
        applicant.post(WITHDRAW)
        officer = log_in(ADMISSIONS)
        status = reverse("application:status", args=[application.pk])

        html = officer.post(
            status, {"state": "reading", "version": "1"}, follow=True
        ).content.decode()

        application.refresh_from_db()
        assert application.status == "withdrawn"
        assert "has withdrawn" in html
        assert "Being read" not in html

    def test_is_done_by_no_staff(self, application, log_in):
        status = reverse("application:status", args=[application.pk])

        response = log_in(ADMISSIONS).post(
            status, {"state": "withdrawn", "version": "1"}, follow=True
        )

        application.refresh_from_db()
        assert application.status == "received"
        assert "was not changed" in response.content.decode()


class TestDeleting:
    def test_leaves_number_and_dates_alone(self, applicant, application):
        response = applicant.post(DELETE, follow=True)

        assert "It is deleted" in text_of(response)
        for model in (Application, Answer, AccessLink, ConsentRevocation):
            assert not model.objects.exists()
        kept = DeletedApplication.objects.values().get()
        assert kept["reference"] == application.reference
        assert kept["submitted_at"] == application.submitted_at
        fields = {"id", "reference", "submitted_at", "deleted_at", "form_id"}
        assert set(kept) == fields

    def test_ends_the_links_that_were_mailed(self, client, form_page, commits):
        send(client, form_page)
        link = latest_link()
        open_status(client)

        client.post(DELETE)

        assert client.get(link).status_code == 410

    def test_is_listed_for_readers_of_its_form_alone(
        self, applicant, application, form_page, client
    ):
        applicant.post(DELETE)
        other = ApplicationFormPageFactory(parent=form_page.get_parent(), slug="b")
        strangers = Group.objects.create(name="Another ward")
        strangers.permissions.set(
            Permission.objects.filter(codename__in=["access_admin", "view_application"])
        )
        grant(other, strangers, Right.SEE)
        address = reverse("application:deleted")
        user = UserFactory()
        user.groups.add(strangers)
        client.force_login(user)

        assert application.reference not in client.get(address).content.decode()
        grant(form_page, strangers, Right.SEE)
        assert application.reference in client.get(address).content.decode()

    def test_from_before_forms_were_kept_is_listed_for_administrators_alone(
        self, log_in, admin_client, form_page
    ):
        DeletedApplication.objects.create(
            reference="K7RM-2XQD", submitted_at=timezone.now()
        )
        address = reverse("application:deleted")

        html = log_in(ADMISSIONS).get(address).content.decode()
        assert "K7RM-2XQD" not in html
        assert "K7RM-2XQD" in admin_client.get(address).content.decode()

    def test_stays_on_record_when_its_form_is_deleted(
        self, applicant, application, form_page
    ):
        applicant.post(DELETE)
        assert DeletedApplication.objects.get().form == form_page

        form_page.delete()

        assert DeletedApplication.objects.get().form is None

    def test_is_seen_by_staff_who_may_read_applications_alone(
        self, applicant, application, log_in
    ):
        applicant.post(DELETE)
        address = reverse("application:deleted")

        index = log_in(ADMISSIONS).get(reverse("application:index")).content.decode()
        assert address in index
        html = log_in(ADMISSIONS).get(address).content.decode()
        assert application.reference in html
        editor = Client(headers={"host": "localhost"})
        refused = log_in(EDITORS, editor).get(address)
        assert application.reference not in refused.content.decode()

    def test_lets_the_form_be_sent_again(self, applicant, client, form_page):
        applicant.post(DELETE)

        assert send(client, form_page).status_code == 303
        assert Application.objects.count() == 1


class TestTakingAConsentBack:
    def test_names_it_shortly_and_in_the_words_that_were_agreed_to(
        self, applicant, application, log_in
    ):
        asked = text_of(applicant.get(REVOKE))
        saved = text_of(applicant.get(f"{STATUS}answers/"))
        inspect = reverse("application:inspect", args=[application.pk])
        read = text_of(log_in(ADMISSIONS).get(inspect))

        for text in (asked, saved, read):
            assert "Reading my answers" in text
            assert LABELS["consent"] in text

    def test_is_dated_for_applicant_and_staff(self, applicant, application, log_in):
        applicant.post(REVOKE)

        assert "Reading my answers Taken back on" in text_of(applicant.get(STATUS))
        assert "Taken back on" in text_of(applicant.get(f"{STATUS}answers/"))
        officer = log_in(ADMISSIONS)
        inspect = reverse("application:inspect", args=[application.pk])
        assert "Taken back by the applicant on" in officer.get(inspect).content.decode()
        application.refresh_from_db()
        assert application.status == "received"

    @pytest.mark.parametrize("question", [IDS["yes_no"], "nowhere"])
    def test_is_not_offered_for_what_is_no_consent(self, applicant, question):
        for method in (applicant.get, applicant.post):
            assert method(f"{STATUS}consent/{question}/").status_code == 404

        assert not ConsentRevocation.objects.exists()
