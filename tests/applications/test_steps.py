"""A form in steps, as somebody without JavaScript goes through it."""

import json

import pytest
from django.db import OperationalError

from applications.applying import intake
from applications.applying.steps import reviewing
from applications.models import Answer, Application, Draft
from tests.helpers.cookies_by_path import PathClient
from tests.helpers.factories_applications import IDS, field
from tests.helpers.factories_steps import (
    ADULT,
    SteppedFormPageFactory,
    fill_in,
    in_steps,
    reference_in,
    soup_of,
    walk,
)


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch):
    """A test answers faster than people do."""
    monkeypatch.setattr(reviewing, "FASTEST", 0)


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home)


def test_somebody_goes_through_reviews_and_sends(client, form_page):
    begin = soup_of(client.get(form_page.url)).select_one("#form a.button")
    assert begin["href"] == f"{form_page.url}step/1/"

    review = client.get(walk(client, form_page))
    shown = soup_of(review).select_one("main").get_text(" ", strip=True)
    for text in ("Ada Quillfeather", "ada@example.org", "2020-03-27", "Vermilionazole"):
        assert text in shown
    sent = fill_in(client, f"{form_page.url}review/")

    assert sent.status_code == 303
    application = Application.objects.get()
    assert reference_in(client.get(sent.url)) == application.reference
    assert not Draft.objects.exists()
    assert Answer.objects.get(question=IDS["date"]).given == "2020-03-27"


class TestTheWay:
    def test_a_later_step_asked_for_early_leads_to_the_first_unanswered(
        self, client, form_page
    ):
        for address in ("step/3/", "step/9/", "step/0/", "review/", "exit/1/"):
            response = client.get(form_page.url + address)
            assert (response.status_code, response.url) == (303, "/apply/step/1/")

    def test_an_address_that_no_form_has_is_not_found(self, client, form_page):
        for address in ("step/x/", "step/-1/", "steps/", "review/1/"):
            assert client.get(form_page.url + address).status_code == 404

    def test_a_condition_that_does_not_hold_leaves_out_its_step(
        self, client, form_page
    ):
        walk(client, form_page, until="step/3/")

        response = fill_in(client, "/apply/step/3/", yes_no="No")

        assert response.url == "/apply/review/"
        assert "When was it?" not in soup_of(client.get("/apply/review/")).text

    def test_a_question_that_an_answer_leads_to_is_asked_on_the_same_step(
        self, client, form_page
    ):
        walk(client, form_page, until="step/3/")
        step = soup_of(client.get("/apply/step/3/"))
        assert "When was it?" in step.select_one("fieldset[hidden][disabled]").text

        response = fill_in(client, "/apply/step/3/", yes_no="Yes")

        assert response.url == "/apply/step/3/"
        shown = soup_of(client.get(response.url))
        assert not shown.select("fieldset[hidden]")
        assert "When was it?" in shown.text
        assert "one more question" in shown.select_one(".notice").text
        assert not shown.select(".form__error")

    def test_answers_no_longer_asked_are_kept_but_not_sent(self, client, form_page):
        walk(client, form_page)
        fill_in(client, "/apply/step/3/", yes_no="No")
        fill_in(client, "/apply/step/3/", yes_no="Yes")
        assert "Vermilionazole" in client.get("/apply/review/").content.decode()
        fill_in(client, "/apply/step/3/", yes_no="No")

        fill_in(client, "/apply/review/")

        given = {answer.question: answer.given for answer in Answer.objects.all()}
        assert given[IDS["long_text"]] is None
        assert given[IDS["date"]] is None
        assert len(given) == 7  # so that rows do not tell which way was taken

    def test_back_keeps_what_was_typed_and_complains_of_nothing(
        self, client, form_page
    ):
        walk(client, form_page, until="step/2/")

        response = fill_in(client, "/apply/step/2/", button="back", email="ada@")

        assert response.url == "/apply/step/1/"
        step = soup_of(client.get("/apply/step/2/"))
        assert step.select_one("[type=email]")["value"] == "ada@"
        assert not step.select(".form__error, .error-summary")

    def test_the_shell_leads_nowhere_but_to_the_telephone(self, client, form_page):
        step = soup_of(client.get("/apply/step/1/"))

        assert not step.select("header a:not([href^='tel:']), footer, nav")
        assert step.select_one("h1").text == "Before you begin"
        assert step.select_one(".steps__progress").text == "Step 1 of 4"
        assert step.title.text.startswith("Before you begin: Apply")

    def test_every_page_is_kept_by_no_cache_and_no_search_engine(
        self, client, form_page
    ):
        walk(client, form_page)

        for address in ("", "step/2/", "review/"):
            response = client.get(form_page.url + address)
            assert "no-store" in response.headers["Cache-Control"]
            if address:
                assert response.headers["X-Robots-Tag"] == "noindex"
                assert 'content="noindex' in response.content.decode()

    def test_a_post_of_a_step_of_another_form_begins_anew(self, form_page, home):
        walk(client := PathClient(), form_page)
        other = SteppedFormPageFactory(parent=home, slug="other", title="Other")

        response = client.get(f"{other.url}step/3/")

        assert response.url == "/other/step/1/"


class TestMistakes:
    def test_are_told_after_a_redirect_and_lose_nothing(self, client, form_page):
        walk(client, form_page, until="step/2/")

        response = fill_in(
            client, "/apply/step/2/", short_text="Ada", email="ada@", consent="on"
        )

        assert (response.status_code, response.url) == (303, "/apply/step/2/")
        step = soup_of(client.get(response.url))
        [mistake] = step.select(".error-summary a")
        assert "This is not an e-mail address" in mistake.text
        assert step.select_one(mistake["href"])["value"] == "ada@"
        assert step.select_one("[autocomplete=name]")["value"] == "Ada"
        assert step.title.text.startswith("Error: ")

    def test_are_told_in_the_editors_words(self, client, home):
        asked = in_steps()
        asked[4]["value"] |= {"missing_words": "Tell us who you are."}
        asked[5]["value"] |= {"mistake_words": "Look for the @."}
        form_page = SteppedFormPageFactory(parent=home, questions=asked)
        walk(client, form_page, until="step/2/")

        fill_in(client, "/apply/step/2/", email="ada")

        text = soup_of(client.get("/apply/step/2/")).select_one("form").text
        assert "Tell us who you are." in text
        assert "Look for the @." in text

    def test_on_a_step_keep_the_review_out_of_reach(self, client, form_page):
        walk(client, form_page)
        fill_in(client, "/apply/step/2/", email="ada@")

        assert client.get("/apply/review/").url == "/apply/step/2/"
        assert client.post("/apply/review/").url == "/apply/step/2/"
        assert not Application.objects.exists()

    def test_in_a_thousand_fields_are_left_out(self, client, form_page):
        walk(client, form_page, until="step/3/")
        more = {f"q-{name}": "y" for name in range(1000)}
        more |= {f"{field('yes_no')}_{name}": "y" for name in range(1000)}

        fill_in(client, "/apply/step/3/", yes_no="No", **more)

        typed = json.loads(Draft.objects.get().answers)
        assert len([name for name in typed if not name.startswith("#")]) < 12


class TestChanging:
    def test_an_answer_leads_there_and_back_to_the_review(self, client, form_page):
        review = soup_of(client.get(walk(client, form_page)))
        change = next(
            link["href"] for link in review.select("a") if "E-mail" in link.text
        )

        response = fill_in(client, change.partition("#")[0], email="new@example.org")

        assert response.url == "/apply/review/"
        assert "new@example.org" in client.get(response.url).content.decode()

    def test_with_a_mistake_still_leads_back_to_the_review(self, client, form_page):
        walk(client, form_page)

        wrong = fill_in(client, "/apply/step/2/?change=1", email="new")
        right = fill_in(client, wrong.url, email="new@example.org")

        assert wrong.url == "/apply/step/2/?change=1"
        assert right.url == "/apply/review/"

    def test_an_answer_that_leads_to_more_questions_leads_to_them(
        self, client, form_page
    ):
        walk(client, form_page, until="step/3/")
        fill_in(client, "/apply/step/3/", yes_no="No")

        first = fill_in(client, "/apply/step/3/?change=1", yes_no="Yes")
        name = field("date")
        date = {f"{name}_day": "1", f"{name}_month": "2", f"{name}_year": "2020"}
        second = fill_in(client, first.url, **date)

        assert first.url == "/apply/step/3/?change=1"
        assert second.url == "/apply/step/4/?change=1"


class TestExits:
    def test_tell_why_and_let_people_go_on(self, client, form_page):
        response = fill_in(client, "/apply/step/1/", **{f"q-{ADULT}": "No"})

        assert response.url == "/apply/exit/1/"
        page = soup_of(client.get(response.url))
        assert page.h1.text == "We can probably not help you"
        assert "Only adults were studied" in page.text
        assert "only people decide" in page.text
        assert client.get("/apply/step/2/").url == "/apply/exit/1/"
        assert client.post("/apply/exit/1/").url == "/apply/step/2/"
        assert client.get("/apply/step/2/").status_code == 200

    def test_lead_back_to_the_answer(self, client, form_page):
        fill_in(client, "/apply/step/1/", **{f"q-{ADULT}": "No"})
        back = soup_of(client.get("/apply/exit/1/")).select_one("main a.button")

        response = fill_in(client, back["href"], **{f"q-{ADULT}": "Yes"})

        assert response.url == "/apply/step/2/"


class TestSending:
    def test_twice_is_one_application(self, client, form_page):
        walk(client, form_page)
        posted = {
            each["name"]: each.get("value", "")
            for each in soup_of(client.get("/apply/review/")).select("form.form input")
        }

        first = client.post("/apply/review/", posted)
        second = client.post("/apply/review/", posted)

        assert Application.objects.count() == 1
        references = {reference_in(client.get(each.url)) for each in (first, second)}
        assert len(references) == 1

    def test_going_back_to_the_review_shows_the_reference_again(
        self, client, form_page
    ):
        walk(client, form_page)
        sent = fill_in(client, "/apply/review/")

        again = client.get("/apply/review/")

        assert reference_in(client.get(again.url)) == reference_in(client.get(sent.url))

    def test_sends_what_was_reviewed_and_nothing_changed_since(self, client, form_page):
        walk(client, form_page)
        posted = {
            each["name"]: each.get("value", "")
            for each in soup_of(client.get("/apply/review/")).select("form.form input")
        }
        fill_in(client, "/apply/step/2/", email="other@example.org")

        response = client.post("/apply/review/", posted)

        assert response.url == "/apply/review/?notice=changed"
        shown = client.get(response.url).content.decode()
        assert "changed in another window" in shown
        assert "other@example.org" in shown
        assert not Application.objects.exists()

    def test_too_fast_is_told_and_passes_later(self, client, form_page, monkeypatch):
        monkeypatch.setattr(reviewing, "FASTEST", 60)
        walk(client, form_page)

        assert fill_in(client, "/apply/review/").url == "/apply/review/?notice=fast"
        monkeypatch.setattr(reviewing, "FASTEST", 0)
        assert fill_in(client, "/apply/review/").url.startswith("/applications/sent/")

    def test_a_filled_honeypot_sends_nothing_and_is_told_of(self, client, form_page):
        walk(client, form_page)

        response = fill_in(client, "/apply/review/", homepage="x")

        assert "hidden field" in client.get(response.url).content.decode()
        assert not Application.objects.exists()

    def test_that_fails_keeps_the_draft_and_says_when_to_try_again(
        self, client, form_page, monkeypatch
    ):
        walk(client, form_page)
        with monkeypatch.context() as patch:
            patch.setattr(
                intake, "_create", lambda *a: (_ for _ in ()).throw(OperationalError)
            )
            response = fill_in(client, "/apply/review/")

        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert fill_in(client, "/apply/review/").status_code == 303
        assert Application.objects.count() == 1


def test_an_address_makes_no_notice_of_its_own(client, form_page):
    html = client.get("/apply/step/1/?notice=Call+0900+1").content.decode()

    assert "0900" not in html
