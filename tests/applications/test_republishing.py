"""A form of one page that is published in steps while it is open, and the reverse."""

import datetime
import json
import time

import pytest
from django.db import OperationalError
from django.utils import timezone

from applications.applying.forms import TOKEN
from applications.applying.steps import drafts, reviewing
from applications.limits import DRAFTS_FROM_ADDRESS
from applications.models import Answer, Draft
from tests.helpers.cookies_by_path import PathClient
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    field,
    filled_in,
    question,
    questions,
)
from tests.helpers.factories_steps import (
    ADULT,
    SteppedFormPageFactory,
    block,
    fill_in,
    in_steps,
    reference_in,
    soup_of,
    walk,
)

A_DAY_AGO = 25 * 3600
NAME = "Ada Quillfeather"


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch):
    monkeypatch.setattr(reviewing, "FASTEST", 0)


@pytest.fixture
def visitor():
    return PathClient()


@pytest.fixture
def page(home):
    return ApplicationFormPageFactory(parent=home)


def republish(page, raw):
    stream = page._meta.get_field("questions").stream_block
    page.questions = stream.to_python(raw)
    page.save()


def divided():
    """Return the questions of one page in two steps, the consent in the first."""
    asked = questions()
    consent = asked.pop()
    return [
        block("step", "You"),
        *asked[:4],
        consent,
        block("step", "Your health"),
        *asked[4:],
    ]


class TestPublishedInSteps:
    def test_what_was_typed_today_is_sent(self, visitor, page):
        posted = filled_in(page)
        republish(page, divided())

        response = visitor.post("/apply/", posted)

        assert reference_in(visitor.get(response.url))

    def test_what_was_typed_a_day_ago_is_a_draft_to_review_and_send(
        self, visitor, page
    ):
        posted = filled_in(page, age=A_DAY_AGO)
        republish(page, divided())

        response = visitor.post("/apply/", posted)

        assert (response.status_code, response.url) == (
            303,
            "/apply/review/?notice=in-steps",
        )
        review = visitor.get(response.url).content.decode()
        for text in ("divided this form into steps", NAME, "Vermilionazole"):
            assert text in review
        # The back button, and sending the same page once more.
        assert visitor.get("/apply/", follow=True).status_code == 200
        assert visitor.post("/apply/", posted).url == response.url
        assert Draft.objects.count() == 1
        sent = fill_in(visitor, "/apply/review/")
        assert reference_in(visitor.get(sent.url))
        given = {each.question: each.given for each in Answer.objects.all()}
        assert given[IDS["date"]] == "1974-03-27"
        assert given[IDS["multiple_choice"]] == ["Infection"]

    def test_a_question_that_came_since_is_asked(self, visitor, page):
        posted = filled_in(page, age=A_DAY_AGO)
        more = {**question("yes_no", label="Are you an adult?"), "id": ADULT}
        republish(page, [*divided(), block("step", "More"), more])

        response = visitor.post("/apply/", posted)

        assert response.url == "/apply/step/3/?notice=in-steps"
        assert not soup_of(visitor.get(response.url)).select(".form__error")
        fill_in(visitor, "/apply/step/3/", **{f"q-{ADULT}": "Yes"})
        assert NAME in visitor.get("/apply/review/").content.decode()

    def test_without_the_consent_nothing_is_stored_and_nothing_lost(
        self, visitor, page
    ):
        posted = filled_in(page, age=A_DAY_AGO, long_text="x")
        republish(page, divided())
        posted.pop(field("consent"))
        # The page says first that the consent is missing.
        assert visitor.post("/apply/", posted).status_code == 422

        posted.pop("form_token")
        response = visitor.post("/apply/", posted)

        assert not Draft.objects.exists()
        assert response.url == "/apply/step/1/?notice=in-steps"
        step = soup_of(visitor.get(response.url))
        assert step.select_one("[autocomplete=name]")["value"] == NAME
        fill_in(visitor, "/apply/step/1/", consent="on")
        assert "1974-03-27" in visitor.get("/apply/review/").content.decode()

    def test_more_than_a_browser_carries_is_shown_again_until_they_agree(
        self, visitor, page
    ):
        posted = filled_in(page, token="x", long_text="word " * 900, consent=None)
        republish(page, divided())

        response = visitor.post("/apply/", posted)

        assert response.status_code == 422
        assert "word word" in response.content.decode()
        assert not Draft.objects.exists()
        posted[field("consent")] = "on"
        token = soup_of(response).select_one("[name=form_token]")["value"]
        posted["form_token"] = token
        response = visitor.post("/apply/", posted)
        assert response.url == "/apply/review/?notice=in-steps"

    def test_goes_into_the_draft_that_the_browser_has(self, visitor, page):
        posted = filled_in(page, age=A_DAY_AGO)
        republish(page, divided())
        answers = {"short_text": "Somebody", "consent": "on"}
        fill_in(visitor, "/apply/step/1/", **answers)
        assert Draft.objects.count() == 1

        visitor.post("/apply/", posted)

        typed = json.loads(Draft.objects.get().answers)
        assert typed[IDS["short_text"]] == NAME

    def test_what_it_leaves_blank_takes_nothing_from_that_draft(self, visitor, page):
        posted = filled_in(
            page,
            token="x",
            short_text="",
            long_text="",
            multiple_choice=None,
        )
        for part in ("day", "month", "year"):
            posted[f"{field('date')}_{part}"] = ""
        republish(page, divided())
        walked = filled_in(page)
        step = soup_of(visitor.get("/apply/step/1/")).select_one("[name=form_token]")
        visitor.post("/apply/step/1/", {**walked, TOKEN: step["value"]})
        visitor.post("/apply/step/2/", {**walked, TOKEN: step["value"]})
        before = json.loads(Draft.objects.get().answers)
        assert before[IDS["short_text"]] == NAME
        assert before[IDS["date"]] == ["27", "3", "1974"]

        visitor.post("/apply/", posted)

        assert json.loads(Draft.objects.get().answers) == before

    def test_what_cannot_be_stored_is_shown_again(self, visitor, page, monkeypatch):
        posted = filled_in(page, age=A_DAY_AGO)
        republish(page, divided())
        monkeypatch.setattr(drafts, "begin", _fail)

        response = visitor.post("/apply/", posted)

        assert response.status_code == 503
        assert NAME in response.content.decode()

    def test_many_from_one_network_wait(self, visitor, page, monkeypatch):
        posted = filled_in(page, age=A_DAY_AGO)
        republish(page, divided())
        monkeypatch.setattr(type(DRAFTS_FROM_ADDRESS), "allows", lambda *a: False)

        response = visitor.post("/apply/", posted)

        assert response.status_code == 429
        assert NAME in response.content.decode()

    def test_a_post_of_nothing_shows_where_it_begins(self, visitor, page):
        republish(page, divided())

        assert "Begin" in visitor.post("/apply/").content.decode()


class TestPublishedAsOnePage:
    @pytest.mark.parametrize("since", ["step/2/", "step/4/", "review/"])
    def test_a_draft_in_steps_goes_on_and_is_sent(self, visitor, home, since):
        page = SteppedFormPageFactory(parent=home)
        walk(visitor, page, until=since)
        republish(page, questions())

        begin = soup_of(visitor.get("/apply/"))
        assert "Go on where you stopped" in begin.text
        assert not begin.select("main [name]")
        assert "We have changed this form" in visitor.get(f"/apply/{since}").text
        walk(visitor, page)
        sent = fill_in(visitor, "/apply/review/")

        assert reference_in(visitor.get(sent.url))
        assert "Your full name" in visitor.get("/apply/").text
        assert soup_of(visitor.get("/apply/")).select("main form [name]")

    def test_the_first_step_posted_since_is_kept(self, visitor, home):
        page = SteppedFormPageFactory(parent=home)
        token = soup_of(visitor.get("/apply/step/1/")).select_one("[name=form_token]")
        republish(page, questions())

        response = visitor.post(
            "/apply/step/1/?saving",
            {f"q-{ADULT}": "Yes", "form_token": token["value"]},
        )

        assert response.url == "/apply/step/2/"
        assert soup_of(visitor.get(response.url)).h1.text == "You"

    def test_others_get_the_page(self, visitor, home):
        page = SteppedFormPageFactory(parent=home)
        republish(page, questions())

        assert visitor.get("/apply/step/1/").url == "/apply/"
        assert soup_of(visitor.get("/apply/")).select("main form [name]")


class TestChangedBetweenSteps:
    def test_what_was_typed_into_a_first_step_that_is_gone_is_kept(self, visitor, home):
        page = SteppedFormPageFactory(parent=home)
        token = soup_of(visitor.get("/apply/step/1/")).select_one("[name=form_token]")
        republish(page, in_steps()[3:])

        response = visitor.post(
            "/apply/step/1/?saving",
            {f"q-{ADULT}": "Yes", "form_token": token["value"]},
        )

        assert response.url == "/apply/step/2/"
        shown = visitor.get(response.url)
        assert "We have changed this form since you began" in shown.text
        back = soup_of(visitor.get("/apply/step/1/"))
        assert back.select_one("[value=Yes]").has_attr("checked")


class TestClocks:
    def test_a_draft_from_the_future_goes_on_and_is_sent(self, visitor, home):
        page = SteppedFormPageFactory(parent=home)
        walk(visitor, page, until="step/4/")
        ahead = timezone.now() + datetime.timedelta(days=2)
        Draft.objects.update(
            created_at=ahead,
            changed_at=ahead,
            expires_at=ahead + datetime.timedelta(days=1),
        )

        walk(visitor, page)
        # It seems to have been filled in faster than people do: asked once.
        reviewing.FASTEST = 3
        asked = fill_in(visitor, "/apply/review/")
        assert asked.url == "/apply/review/?notice=fast"
        sent = fill_in(visitor, asked.url)

        assert reference_in(visitor.get(sent.url))

    def test_a_form_from_the_future_is_taken_when_it_is_sent_again(self, visitor, page):
        posted = filled_in(page, age=-3600)

        asked = visitor.post("/apply/", posted)
        assert NAME in asked.content.decode()
        posted["form_token"] = soup_of(asked).select_one("[name=form_token]")["value"]

        assert reference_in(visitor.get(visitor.post("/apply/", posted).url))

    def test_answers_before_the_consent_from_the_future_are_read(
        self, visitor, home, monkeypatch
    ):
        page = SteppedFormPageFactory(parent=home)
        now = time.time()
        with monkeypatch.context() as ahead:
            ahead.setattr(time, "time", lambda: now + 3600)
            walk(visitor, page, until="step/2/")

        assert visitor.get("/apply/step/2/").status_code == 200


def _fail(*args, **kwargs):
    raise OperationalError
