"""The question after the thanks: nameless, encrypted, kept apart, read by staff."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from applications.applying.forms import TOKEN
from applications.feedback import keeping, views
from applications.models.applications import Application
from applications.models.feedback import Feedback, this_week
from applications.models.rights import Right
from home.roles import ADMISSIONS, EDITORS
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    filled_in,
    grant,
    officers,
    send,
    take_all,
    token_in,
)
from tests.helpers.factories_steps import soup_of

SENT = reverse("applications:feedback-sent")
QUEUE = reverse("form_feedback")
TEXT = "The drop-down of countries, with my shaking hands."


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch):
    monkeypatch.setattr(views, "FASTEST", 0)


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def thanks(client, form_page):
    """The address of the thanks for an application."""
    return send(client, form_page).url


def fields(response):
    form = soup_of(response).select_one('form[action="/applications/feedback/"]')
    return {
        each["name"]: each.get("value", "") if each.name == "input" else each.text
        for each in form.select("input, textarea")
    }


def say(client, response, text=TEXT, **changes):
    posted = fields(response) | {"q-hard": text} | changes
    return client.post(reverse("applications:feedback"), posted)


class TestAsking:
    def test_stores_the_text_encrypted_and_leads_on(self, client, thanks):
        response = say(client, client.get(thanks))

        assert (response.status_code, response.url) == (303, SENT)
        assert "Thank you for telling us" in client.get(SENT).content.decode()
        assert Feedback.objects.get().text == TEXT
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM applications_feedback")
            assert "shaking" not in repr(cursor.fetchall())

    def test_is_not_linked_to_the_application(self, client, thanks):
        say(client, client.get(thanks))

        application, entry = Application.objects.get(), Feedback.objects.get()
        assert entry.week.weekday() == 0
        stored = repr(Feedback.objects.values_list()[0])
        for secret in (application.pk, application.submission_key):
            assert secret.hex not in stored.replace("-", "")
        assert application.reference not in stored
        assert Application.objects.filter(submission_key=entry.pk).count() == 0

    def test_sent_twice_is_stored_once(self, client, thanks):
        page = client.get(thanks)

        for _ in range(2):
            assert say(client, page).url == SENT

        assert Feedback.objects.count() == 1

    def test_sent_again_with_other_words_is_stored_beside_the_first(
        self, client, thanks
    ):
        page = client.get(thanks)

        for text in (TEXT, "And the print was too small."):
            assert say(client, page, text).url == SENT

        texts = {each.text for each in Feedback.objects.all()}
        assert texts == {TEXT, "And the print was too small."}

    def test_its_token_opens_no_closed_form(self, client, thanks, form_page):
        token = fields(client.get(thanks))[TOKEN]
        form_page.paused = True
        form_page.save()

        posted = filled_in(form_page, short_text="Second") | {TOKEN: token}
        response = client.post(form_page.url, posted)

        assert response.status_code == 409
        assert Application.objects.count() == 1

    def test_takes_no_token_of_a_form(self, client, thanks, form_page):
        token = token_in(client.get(form_page.url))

        response = say(client, client.get(thanks), **{TOKEN: token})

        assert (response.status_code, response.url) == (302, "/")
        assert not Feedback.objects.exists()

    def test_works_without_cookies_and_without_a_csrf_token(self, thanks):
        stranger = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)

        assert say(stranger, stranger.get(thanks)).status_code == 303

    def test_left_empty_says_that_nobody_need_answer(self, client, thanks):
        response = say(client, client.get(thanks), " ")

        assert response.status_code == 422
        assert "you need not answer" in response.content.decode()
        assert not Feedback.objects.exists()

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [("a" * 2001, "Shorten it"), ("a\0b", "something unreadable")],
    )
    def test_nothing_typed_is_lost_by_a_mistake(self, client, thanks, text, sentence):
        response = say(client, client.get(thanks), text)

        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert fields(response)["q-hard"].strip() == text.replace("\0", "")

    def test_what_fills_in_the_hidden_field_is_asked_again_once(self, client, thanks):
        again = say(client, client.get(thanks), homepage="http://spam.example/")

        assert again.status_code == 422
        assert fields(again)["homepage"] == ""
        assert fields(again)["q-hard"].strip() == TEXT
        assert say(client, again).url == SENT

    def test_a_program_is_too_fast(self, client, thanks, monkeypatch):
        monkeypatch.setattr(views, "FASTEST", 3600)

        response = say(client, client.get(thanks))

        assert "faster than people answer" in response.content.decode()
        assert not Feedback.objects.exists()

    def test_too_much_from_one_network_is_told_to_wait(self, client, thanks):
        for _ in range(10):
            say(client, client.get(thanks))

        response = say(client, client.get(thanks))

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "600"
        assert fields(response)["q-hard"].strip() == TEXT

    def test_is_given_back_while_nothing_can_be_stored(
        self, client, thanks, monkeypatch
    ):
        def fail(*args):
            raise OperationalError("disk full")

        monkeypatch.setattr(views, "keep", fail)

        response = say(client, client.get(thanks))

        assert response.status_code == 503
        assert fields(response)["q-hard"].strip() == TEXT

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_without_a_token_of_ours_there_is_nothing_to_answer(self, client, method):
        response = getattr(client, method)(reverse("applications:feedback"))

        assert response.url == "/"

    def test_starts_no_generation_of_pages(self, client, thanks):
        page = client.get(thanks)
        before = connection.visible_changes

        say(client, page)

        assert connection.visible_changes == before


class TestQueue:
    @pytest.fixture
    def entry(self, client, thanks):
        say(client, client.get(thanks))
        return Feedback.objects.get()

    def test_shows_what_is_new_to_readers_of_the_form(self, log_in, entry):
        response = log_in(ADMISSIONS).get(QUEUE)

        assert TEXT in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]

    def test_and_to_nobody_else(self, log_in, entry, form_page):
        take_all(form_page)
        grant(form_page, officers(), Right.SEE)
        officer = log_in(ADMISSIONS)

        assert TEXT not in officer.get(QUEUE).content.decode()
        answer = officer.post(QUEUE, {"pk": entry.pk, "status": "done"})
        assert answer.status_code == 404
        assert TEXT not in log_in(EDITORS).get(QUEUE, follow=True).content.decode()

    def test_moves_to_done_and_back(self, log_in, entry):
        officer = log_in(ADMISSIONS)
        for status in ("done", "new"):
            officer.post(QUEUE, {"pk": entry.pk, "status": status})

            entry.refresh_from_db()
            assert entry.status == status
            shown = officer.get(QUEUE, {"status": status}).content.decode()
            assert TEXT in shown

    @pytest.mark.parametrize(
        ("posted", "status"),
        [({"pk": "x", "status": "done"}, 404), ({"pk": "x", "status": "lost"}, 400)],
    )
    def test_refuses_what_there_is_not(self, log_in, posted, status):
        assert log_in(ADMISSIONS).post(QUEUE, posted).status_code == status

    def test_a_lost_key_hides_no_page(self, log_in, entry, settings):
        settings.FIELD_KEYS = ["bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="]

        html = log_in(ADMISSIONS).get(QUEUE).content.decode()

        assert "a key that the site no longer has" in html

    def test_is_told_of_on_the_dashboard(self, log_in, entry):
        html = log_in(ADMISSIONS).get(reverse("wagtailadmin_home")).content.decode()

        assert "1 applicant has told what was hard" in html

    def test_needs_no_more_queries_for_ten_than_for_one(
        self, log_in, entry, form_page, django_assert_max_num_queries
    ):
        for number in range(9):
            Feedback.objects.create(form=form_page, text=str(number))
        officer = log_in(ADMISSIONS)
        officer.get(QUEUE)

        with django_assert_max_num_queries(15):
            officer.get(QUEUE)


def test_is_deleted_after_half_a_year(form_page):
    for week in (this_week() - keeping.KEPT, this_week() - timedelta(weeks=27)):
        Feedback.objects.create(form=form_page, text="x", week=week)

    call_command("delete_due_applications")

    assert [each.week for each in Feedback.objects.all()] == [
        this_week() - keeping.KEPT
    ]
