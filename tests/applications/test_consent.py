"""The step with the consent: what begins there, and what is left without it."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from applications.applying.steps import drafts, stepping
from applications.models import Application, Draft
from tests.helpers.factories_applications import field, question
from tests.helpers.factories_steps import (
    SteppedFormPageFactory,
    block,
    fill_in,
    soup_of,
    walk,
)

STEP = "/apply/step/2/"
YOU = {"short_text": "Ada", "email": "ada@example.org", "consent": "on"}


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home)


def is_ticked(response):
    return soup_of(response).select_one("#keep").has_attr("checked")


def token_of(response):
    return soup_of(response).select_one("[name=form_token]")["value"]


class TestKeepingOnTheDevice:
    def test_is_remembered_through_a_mistake(self, client, form_page):
        walk(client, form_page, until="step/2/")

        fill_in(client, STEP, **YOU | {"consent": None}, keep="on")

        assert is_ticked(client.get(STEP))
        fill_in(client, STEP, **YOU)
        draft = Draft.objects.get()
        assert draft.kept
        assert draft.expires_at > timezone.now() + timedelta(days=27)
        assert client.cookies[drafts.COOKIE]["expires"]
        assert "keep" not in json.loads(draft.answers)

    def test_is_remembered_where_nothing_can_be_stored(
        self, client, form_page, monkeypatch
    ):
        walk(client, form_page, until="step/3/")
        down = stepping.precheck.TooLargeError
        monkeypatch.setattr(drafts, "change", lambda *a: (_ for _ in ()).throw(down))

        assert is_ticked(fill_in(client, "/apply/step/3/", keep="on"))

    def test_can_be_taken_back_before_there_is_a_draft(self, client, form_page):
        walk(client, form_page, until="step/2/")
        fill_in(client, STEP, keep="on")

        fill_in(client, STEP, keep=None, **YOU)

        assert not Draft.objects.get().kept


class TestAgreeingTwice:
    def posted(self, client):
        return {
            "form_token": token_of(client.get(STEP)),
            field("short_text"): "Ada",
            field("email"): "ada@example.org",
            field("consent"): "on",
        }

    def before(self, client):
        """Return a client as it was: it has not got the answer."""
        again = Client(headers={"host": "localhost"})
        for name, morsel in client.cookies.items():
            again.cookies[name] = morsel.value
        return again

    def test_begins_one_draft_that_the_browser_has(self, client, form_page):
        walk(client, form_page, until="step/2/")
        posted, again = self.posted(client), self.before(client)
        client.post(STEP, posted)

        answer = again.post(STEP, posted | {field("short_text"): "Ada Q"})

        assert answer.url == "/apply/step/3/"
        assert again.get("/apply/step/3/").status_code == 200
        assert "Ada Q" in Draft.objects.get().answers

    def test_opens_nothing_that_was_filled_in_since(self, client, form_page):
        walk(client, form_page, until="step/2/")
        posted, again = self.posted(client), self.before(client)
        client.post(STEP, posted)
        fill_in(client, "/apply/step/3/", yes_no="No")

        again.post(STEP, posted)

        assert Draft.objects.count() == 2
        assert client.get("/apply/review/").status_code == 200

    def test_after_sending_begins_another_application(self, client, form_page):
        walk(client, form_page, until="step/2/")
        posted, again = self.posted(client), self.before(client)
        client.post(STEP, posted)
        draft = Draft.objects.get()
        key = draft.submission_key
        Application.objects.create(
            definition=draft.definition, submission_key=key, payload_digest="x"
        )
        draft.delete()

        again.post(STEP, posted)

        assert Draft.objects.get().submission_key != key


class TestLongAnswersWithoutConsent:
    @pytest.fixture
    def form_page(self, home):
        asked = [
            block("step", "First"),
            question("yes_no"),
            block("step", "Second"),
            question("short_text"),
            question("long_text"),
            question("consent"),
        ]
        SteppedFormPageFactory(parent=home, questions=asked)

    @pytest.fixture
    def at_second(self, client, form_page):
        fill_in(client, "/apply/step/1/", yes_no="No")

    def test_are_shown_again_with_what_is_missing(self, client, at_second):
        response = fill_in(client, STEP, short_text="Ada", long_text="ö" * 4000)

        html = soup_of(response)
        assert response.status_code == 422
        assert "Tick the box" in html.select_one(".notice").text
        assert "horten" not in html.text
        assert "ö" * 4000 in html.text

    def test_do_not_keep_from_going_back(self, client, at_second):
        response = fill_in(client, STEP, "back", short_text="Ada", long_text="ö" * 4000)

        assert response.url == "/apply/step/1/?notice=not-kept"
        assert "have not been kept" in client.get(response.url).content.decode()
        assert 'value="Ada"' in client.get(STEP).content.decode()


class TestTakenBack:
    def test_stores_nothing_of_later_steps(self, client, form_page):
        walk(client, form_page, until="step/4/")
        posted = {field("long_text"): "Vermilionazole"}
        fill_in(client, STEP, consent=None)
        before = Draft.objects.get().answers

        response = client.post("/apply/step/4/", posted)

        html = soup_of(response)
        assert response.status_code == 409
        assert "Vermilionazole" in html.text
        assert "has not been stored" in html.select_one(".notice").text
        assert Draft.objects.get().answers == before

    def test_says_what_is_still_kept_until_it_is_given_again(self, client, form_page):
        walk(client, form_page, until="step/4/")
        fill_in(client, STEP, consent=None)

        assert "kept until" in soup_of(client.get(STEP)).select_one(".notice").text
        fill_in(client, STEP, consent="on")
        assert "no longer agree" not in soup_of(client.get(STEP)).text
        assert client.get("/apply/step/4/").status_code == 200
