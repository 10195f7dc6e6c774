"""Forms that are paused, past their closing date or full, and what is said then."""

import datetime
import time
import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from applications.applying.forms import TOKEN
from applications.applying.steps import reviewing
from applications.applying.tokens import FormToken
from applications.models import Application, ApplicationFormPage, Draft
from core.models import Organisation
from tests.helpers.at_once import at_once
from tests.helpers.cookies_by_path import PathClient
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    field,
    filled_in,
    send,
)
from tests.helpers.factories_steps import (
    ADULT,
    SteppedFormPageFactory,
    fill_in,
    reference_in,
    soup_of,
    walk,
)

NAME = "Ada Quillfeather"
WORDS = {
    "paused": "We are not taking applications at the moment.",
    "closed": "Applications closed on",
    "full": "All places are taken",
}


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch):
    monkeypatch.setattr(reviewing, "FASTEST", 0)


@pytest.fixture(autouse=True)
def telephone(home):
    Organisation.objects.update_or_create(
        site=home.get_site(), defaults={"telephone": "01632 960 999"}
    )


@pytest.fixture
def visitor():
    return PathClient()


def stored(page, **values):
    ApplicationFormPage.objects.filter(pk=page.pk).update(**values)


def pause(page):
    stored(page, paused=True)


def close(page):
    stored(page, closes_at=timezone.now())


def fill(page):
    stored(page, full_after=1)
    Application.objects.create(
        definition=page.latest_definition, submission_key=uuid.uuid4()
    )


def token_of(page, age):
    shown_at = int(time.time()) - age
    return FormToken(page.latest_definition.pk, uuid.uuid4(), shown_at)


STATES = {"paused": pause, "closed": close, "full": fill}
each_state = pytest.mark.parametrize("state", STATES)
each_form = pytest.mark.parametrize(
    "factory", [ApplicationFormPageFactory, SteppedFormPageFactory]
)


def shown(response):
    return soup_of(response).select_one("main").get_text(" ", strip=True)


@each_state
@each_form
class TestNotOpen:
    def test_says_why_and_whom_to_call_and_lets_nobody_begin(
        self, visitor, home, factory, state
    ):
        page = factory(parent=home)
        STATES[state](page)

        response = visitor.get("/apply/")

        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert WORDS[state] in shown(response)
        assert "01632 960 999" in shown(response)
        assert not soup_of(response).select("main form, main a.button")
        for address in ("step/1/", "step/2/", "review/"):
            there = visitor.get(f"/apply/{address}", follow=True)
            assert there.request["PATH_INFO"] == "/apply/"
            assert WORDS[state] in shown(there)

    def test_says_it_in_the_editors_words(self, visitor, home, factory, state):
        page = factory(
            parent=home, **{f"{state}_text": "<p>Come back in <b>May</b>.</p>"}
        )
        STATES[state](page)

        text = shown(visitor.get("/apply/"))

        assert "Come back in May" in text.replace(" .", ".")
        assert WORDS[state] not in text
        assert "01632 960 999" in text

    def test_gives_back_what_a_stranger_posts(self, visitor, home, factory, state):
        page = factory(parent=home)
        STATES[state](page)
        old = FormToken(
            page.latest_definition.pk, uuid.uuid4(), int(time.time()) - 86401
        )

        for token in (str(old), "x", ""):
            for address in ("", "step/1/"):
                response = visitor.post(
                    f"/apply/{address}", {TOKEN: token, field("short_text"): NAME}
                )
                if "Nothing has been sent" not in shown(response):
                    # A form in steps takes posts at its steps.
                    assert factory is SteppedFormPageFactory
                    assert not address
                    continue
                assert response.status_code == 409
                assert NAME in shown(response)
                assert WORDS[state] in shown(response)
                assert "01632 960 999" in shown(response)
                assert not soup_of(response).select("main form")
        assert not Draft.objects.exists()


@each_state
class TestBegun:
    @pytest.mark.parametrize("since", ["step/2/", "step/4/", "review/"])
    def test_goes_on_and_is_sent(self, visitor, home, state, since):
        page = SteppedFormPageFactory(parent=home)
        walk(visitor, page, until=since)
        STATES[state](page)

        begin = visitor.get("/apply/")
        assert "no longer open to new people" in shown(begin)
        assert "Go on where you stopped" in shown(begin)
        assert "no longer open to new people" in shown(visitor.get(f"/apply/{since}"))
        walk(visitor, page)
        sent = fill_in(visitor, "/apply/review/")

        assert reference_in(visitor.get(sent.url))

    def test_in_the_first_step_is_kept(self, visitor, home, state):
        page = SteppedFormPageFactory(parent=home)
        token = soup_of(visitor.get("/apply/step/1/")).select_one("[name=form_token]")
        STATES[state](page)

        response = visitor.post(
            "/apply/step/1/?saving", {f"q-{ADULT}": "Yes", TOKEN: token["value"]}
        )

        assert response.url == "/apply/step/2/"
        assert visitor.get(response.url).status_code == 200

    def test_on_one_page_is_sent_with_its_mistakes_put_right(
        self, visitor, home, state
    ):
        page = ApplicationFormPageFactory(parent=home)
        token = FormToken(
            page.latest_definition.pk, uuid.uuid4(), int(time.time()) - 60
        )
        STATES[state](page)

        wrong = visitor.post("/apply/", filled_in(page, token=token, email="ada@"))
        assert wrong.status_code == 422
        assert NAME in wrong.content.decode()
        assert soup_of(wrong).select("main form button[type=submit]")
        sent = visitor.post("/apply/", filled_in(page, token=token))

        assert reference_in(visitor.get(sent.url))

    def test_sent_before_is_led_to_its_number_even_days_later(
        self, visitor, home, state, monkeypatch
    ):
        page = ApplicationFormPageFactory(parent=home)
        token = FormToken(
            page.latest_definition.pk, uuid.uuid4(), int(time.time()) - 60
        )
        first = visitor.post("/apply/", filled_in(page, token=token))
        STATES[state](page)
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 3 * 86400)

        again = visitor.post("/apply/", filled_in(page, token=token))

        assert again.status_code == 303
        numbers = [reference_in(visitor.get(each.url)) for each in (first, again)]
        assert numbers[0] == numbers[1]

    def test_a_stale_visit_keeps_what_was_typed_and_makes_no_new_token(
        self, home, state
    ):
        page = SteppedFormPageFactory(parent=home)
        STATES[state](page)
        strict = PathClient(enforce_csrf_checks=True, headers={"host": "localhost"})

        for address in ("", "step/1/"):
            response = strict.post(
                f"/apply/{address}", {field("short_text"): NAME, TOKEN: "x"}
            )
            assert response.status_code == 403
            assert NAME in shown(response)
            assert f'name="{TOKEN}"' not in response.content.decode()


class TestClosingDate:
    def test_is_exact_with_no_job(self, visitor, home):
        page = SteppedFormPageFactory(parent=home)
        now = timezone.now()
        stored(page, closes_at=now + datetime.timedelta(hours=1))
        assert "Begin" in shown(visitor.get("/apply/"))

        stored(page, closes_at=now)

        assert "Begin" not in shown(visitor.get("/apply/"))

    def test_comes_before_a_pause_and_that_before_full(self, visitor, home):
        page = SteppedFormPageFactory(parent=home)
        for state in ("full", "paused", "closed"):
            STATES[state](page)
            assert WORDS[state] in shown(visitor.get("/apply/"))


class TestPause:
    def test_names_the_day_of_reopening_until_that_day(self, visitor, home):
        page = SteppedFormPageFactory(parent=home, paused=True)
        today = timezone.localdate()

        for days, said in ((1, True), (0, False), (-1, False)):
            stored(page, reopens_on=today + datetime.timedelta(days=days))
            assert ("again from" in shown(visitor.get("/apply/"))) is said

    def test_that_is_over_takes_applications_as_before(self, visitor, home):
        page = SteppedFormPageFactory(parent=home, paused=True)
        stored(page, paused=False)

        walk(visitor, page)

        assert fill_in(visitor, "/apply/review/").status_code == 303


class TestFull:
    def test_withdrawn_ones_leave_their_place(self, visitor, home):
        page = SteppedFormPageFactory(parent=home)
        fill(page)
        Application.objects.update(status=Application.Status.WITHDRAWN)

        assert "Begin" in shown(visitor.get("/apply/"))

    def test_counts_this_form_alone(self, visitor, home):
        page = SteppedFormPageFactory(parent=home, full_after=1)
        fill(SteppedFormPageFactory(parent=home, slug="other"))

        assert "Begin" in shown(visitor.get(page.url))

    def test_counts_in_one_query_however_many_there_are(
        self, visitor, home, django_assert_num_queries
    ):
        page = SteppedFormPageFactory(parent=home, full_after=5)
        fill(page)
        stored(page, full_after=9)
        page.refresh_from_db()

        with django_assert_num_queries(1):
            assert page.closure == ""

    def test_staff_see_who_came_beyond_the_number(self, client, home, admin_client):
        page = ApplicationFormPageFactory(parent=home, full_after=1)
        send(client, page)
        send(PathClient(), page, short_text="Second")

        marked = []
        for application in Application.objects.order_by("submitted_at"):
            url = reverse("application:inspect", args=[application.pk])
            html = admin_client.get(url).content.decode()
            marked.append("Beyond the number" in html)

        assert marked == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_send_for_the_last_place_are_both_taken(home):
    page = ApplicationFormPageFactory(parent=home, full_after=1)
    posted = [filled_in(page) for _ in range(2)]

    answers = at_once(
        *[lambda each=each: PathClient().post(page.url, each) for each in posted]
    )

    assert [each.status_code for each in answers] == [303, 303]
    assert Application.objects.count() == 2
    assert page.closure == "full"
    beyond = [page.is_full(before=each) for each in Application.objects.all()]
    assert sorted(beyond) == [False, True]


def test_an_editor_previews_the_words_and_the_form(home, client, admin_client):
    page = ApplicationFormPageFactory(parent=home, paused=True)

    html = page.make_preview_request().content.decode()

    assert WORDS["paused"] in html
    assert BeautifulSoup(html, "html.parser").select("main [name]")


@each_form
def test_a_preview_tells_nobody_how_many_have_applied(home, factory):
    page = factory(parent=home)
    fill(page)

    seen = set()
    for number in (1, 2):
        page.full_after = number
        html = page.make_preview_request().content.decode()
        seen.add(WORDS["full"] in html)

    assert seen == {False}
