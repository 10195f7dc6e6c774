"""Sending the application form: stored once, acknowledged when stored."""

import time
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import OperationalError
from django.urls import reverse

from applications.applying import intake, references
from applications.applying.forms import TOKEN
from applications.applying.tokens import LONGEST, SENT, FormToken
from applications.models.applications import Answer, Application
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    filled_in,
    question,
    send,
    token_in,
)


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


class TestSending:
    def test_stores_one_answer_a_question_and_leads_to_a_reference_number(
        self, client, form_page
    ):
        response = send(client, form_page)

        application = Application.objects.get()
        assert response.status_code == 303
        assert application.answers.count() == len(IDS)
        thanks = client.get(response.url)
        assert application.reference in thanks.content.decode()

    def test_keeps_each_kind_of_answer_as_given(self, client, form_page):
        send(client, form_page)

        given = {answer.question: answer.given for answer in Answer.objects.all()}
        assert given == {
            IDS["short_text"]: "Ada Quillfeather",
            IDS["long_text"]: "Vermilionazole, 5 mg",
            IDS["email"]: "ada@example.org",
            IDS["telephone"]: "01632 960 001",
            IDS["number"]: "2009",
            IDS["date"]: "1974-03-27",
            IDS["single_choice"]: "Not far",
            IDS["multiple_choice"]: ["Infection"],
            IDS["yes_no"]: "Yes",
            IDS["consent"]: True,
        }

    def test_going_back_and_sending_the_same_again_is_the_same_application(
        self, client, form_page
    ):
        first = send(client, form_page)

        # The form is loaded anew, as a browser does that goes back.
        token = token_in(client.get(form_page.url))
        again = send(client, form_page, token=token)

        reference = Application.objects.get().reference
        for response in (first, again):
            assert reference in client.get(response.url).content.decode()

    def test_other_answers_from_the_same_browser_are_told_of_first(
        self, client, form_page
    ):
        send(client, form_page)

        token = token_in(client.get(form_page.url))
        response = send(client, form_page, token=token, short_text="Somebody Else")

        assert response.status_code == 409
        assert Application.objects.count() == 1
        assert "Somebody Else" in response.content.decode()

    def test_a_form_with_new_questions_is_not_taken_for_the_one_that_was_sent(
        self, client, form_page
    ):
        send(client, form_page)
        sent = FormToken.read(token_in(client.get(form_page.url)))
        stream = form_page._meta.get_field("questions").stream_block
        form_page.questions = stream.to_python([question("email", label="Asked since")])
        form_page.save()

        response = client.get(form_page.url)

        token = FormToken.read(token_in(response))
        assert "Asked since" in response.content.decode()
        assert token.definition_pk == form_page.latest_definition.pk
        assert token.submission_key != sent.submission_key

    def test_a_browser_that_keeps_the_cookie_for_days_gets_a_new_form(
        self, client, form_page, monkeypatch
    ):
        token = FormToken.read(send(client, form_page).cookies[SENT].value)
        later = time.time() + LONGEST
        monkeypatch.setattr(time, "time", lambda: later)

        response = client.get(form_page.url, headers={"cookie": f"{SENT}={token}"})

        shown = FormToken.read(token_in(response))
        assert shown.submission_key != token.submission_key

    def test_equal_answers_of_two_people_leave_no_equal_traces(self, client, form_page):
        for _ in range(2):
            client.post(form_page.url, filled_in(form_page))

        digests = set(Application.objects.values_list("payload_digest", flat=True))
        assert len(digests) == 2

    def test_takes_another_reference_number_when_one_is_in_use(
        self, client, form_page, monkeypatch
    ):
        """One in a million, and no reason to send anybody away."""
        send(client, form_page)
        taken = Application.objects.get().reference
        letters = iter(f"{taken}XXXXXXXX".replace("-", ""))
        chosen = SimpleNamespace(choice=lambda alphabet: next(letters))
        monkeypatch.setattr(references, "secrets", chosen)

        response = send(client, form_page)

        assert response.status_code == 303
        numbers = set(Application.objects.values_list("reference", flat=True))
        assert numbers == {taken, "XXXX-XXXX"}

    @pytest.mark.parametrize("is_encrypted", [True, False])
    def test_the_cookie_tells_nothing_and_goes_to_this_page_only(
        self, client, form_page, settings, is_encrypted
    ):
        settings.SESSION_COOKIE_SECURE = is_encrypted
        cookie = send(client, form_page).cookies[SENT]

        assert bool(cookie["secure"]) == is_encrypted
        assert cookie["path"] == form_page.url
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert "Quillfeather" not in cookie.value

    def test_keeps_an_empty_answer_too_so_that_rows_tell_nothing(
        self, client, form_page
    ):
        send(client, form_page, telephone="", multiple_choice=None)

        assert Answer.objects.count() == len(IDS)

    def test_ignores_a_thousand_fields_that_no_question_asked_for(
        self, client, form_page
    ):
        posted = filled_in(form_page)
        posted.update({f"x{n}": ["y"] for n in range(1000)})

        assert client.post(form_page.url, posted).status_code == 303
        assert Answer.objects.count() == len(IDS)

    def test_takes_line_ends_for_one_character(self, client, form_page):
        send(client, form_page, long_text="a\r\nb")

        answer = Answer.objects.get(question=IDS["long_text"])
        assert answer.given == "a\nb"


class TestSendingTwice:
    def test_stores_one_and_leads_to_the_same_reference(self, client, form_page):
        posted = filled_in(form_page)

        first = client.get(client.post(form_page.url, posted).url)
        second = client.get(client.post(form_page.url, posted).url)

        assert Application.objects.count() == 1
        assert first.context["reference"] == second.context["reference"]

    def test_is_recognised_even_days_later(self, client, form_page, monkeypatch):
        posted = filled_in(form_page)
        client.post(form_page.url, posted)
        later = time.time() + 2 * LONGEST
        monkeypatch.setattr(time, "time", lambda: later)

        assert client.post(form_page.url, posted).status_code == 303

    def test_with_other_answers_is_told_and_can_be_sent_as_a_second_one(
        self, client, form_page
    ):
        first = filled_in(form_page)
        client.post(form_page.url, first)
        token = FormToken.read(first[TOKEN])

        response = client.post(
            form_page.url, filled_in(form_page, token=token, yes_no="No")
        )

        html = response.content.decode()
        assert response.status_code == 409
        assert Application.objects.get().reference in html
        new = FormToken.read(token_in(response))
        assert new.submission_key != token.submission_key
        aged = FormToken(new.definition_pk, new.submission_key, new.shown_at - 60)
        client.post(form_page.url, filled_in(form_page, token=aged, yes_no="No"))
        assert Application.objects.count() == 2


class TestFailure:
    @pytest.fixture
    def broken(self, monkeypatch):
        def fail(*args):
            raise OperationalError("database is locked")

        monkeypatch.setattr(intake, "_create", fail)

    def test_of_the_database_keeps_the_answers_and_says_when_to_try_again(
        self, client, form_page, broken
    ):
        response = send(client, form_page)

        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert "Vermilionazole" in response.content.decode()

    def test_needs_no_restart_to_pass(self, client, form_page, monkeypatch):
        posted = filled_in(form_page)
        with monkeypatch.context() as patch:
            patch.setattr(
                intake, "_create", lambda *a: (_ for _ in ()).throw(OperationalError)
            )
            assert client.post(form_page.url, posted).status_code == 503

        assert client.post(form_page.url, posted).status_code == 303

    @pytest.mark.parametrize("keys", [[], ["short"]])
    def test_of_the_keys_stores_nothing_and_keeps_the_answers(
        self, client, form_page, settings, keys
    ):
        settings.FIELD_KEYS = keys

        response = send(client, form_page)

        assert response.status_code == 503
        assert "Vermilionazole" in response.content.decode()
        assert not Application.objects.exists()

    def test_half_way_leaves_nothing_behind(self, client, form_page, monkeypatch):
        def fail(*args, **kwargs):
            raise OperationalError("disk full")

        monkeypatch.setattr(Answer.objects, "bulk_create", fail)

        assert send(client, form_page).status_code == 503
        assert not Application.objects.exists()
        assert not mail.outbox


class TestThanks:
    @pytest.fixture
    def thanks_url(self, client, form_page):
        return send(client, form_page).url

    def test_shows_the_editors_words_and_no_answer(self, client, form_page, thanks_url):
        form_page.thanks_heading, form_page.thanks_text = (
            "It is here",
            "<p>We write soon.</p>",
        )
        form_page.save()

        html = client.get(thanks_url).content.decode()

        assert "<h1>It is here</h1>" in html
        assert "<p>We write soon.</p>" in html
        assert "Vermilionazole" not in html

    def test_is_kept_by_no_cache_and_no_search_engine(self, client, thanks_url):
        response = client.get(thanks_url)

        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"

    def test_altered_is_not_found(self, client, thanks_url):
        token = thanks_url.rstrip("/").rpartition("/")[2]
        middle = len(token) // 2
        altered = (
            token[:middle]
            + ("A" if token[middle] != "A" else "B")
            + token[middle + 1 :]
        )

        for wrong in (altered, token[:-4], "x", str(Application.objects.get().pk)):
            assert (
                client.get(reverse("applications:thanks", args=[wrong])).status_code
                == 404
            )

    def test_says_nothing_in_its_address(self, client, thanks_url):
        application = Application.objects.get()

        assert application.reference not in thanks_url
        assert application.pk.hex not in thanks_url
        assert str(application.pk) not in thanks_url
