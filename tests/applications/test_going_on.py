"""A form that is taken down, made private or moved while somebody fills it in."""

import datetime
import time
import uuid

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from applications.applying import going_on
from applications.applying.forms import TOKEN
from applications.applying.steps import drafts, precheck, reviewing
from applications.applying.tokens import FormToken
from applications.models import Application, ApplicationFormPage, Draft
from core.models import Organisation
from tests.helpers.access_links import (
    ask_for_code,
    enter,
    latest_code,
    latest_link,
    open_status,
)
from tests.helpers.cookies_by_path import PathClient
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    field,
    filled_in,
)
from tests.helpers.factories_steps import (
    ADULT,
    SteppedFormPageFactory,
    fill_in,
    reference_in,
    soup_of,
    walk,
)

CLOSED = "no longer open to new people"
COOKIES = {drafts.COOKIE, precheck.COOKIE}
NAME = "Ada Quillfeather"


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch):
    monkeypatch.setattr(reviewing, "FASTEST", 0)


@pytest.fixture
def visitor():
    return PathClient()


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home)


def unpublish(page):
    page.unpublish()


def let_its_time_pass(page):
    past = timezone.now() - datetime.timedelta(seconds=1)
    ApplicationFormPage.objects.filter(pk=page.pk).update(expire_at=past)


def make_private(page):
    PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="sesame"
    )


def ask_for_an_account(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def rename(page, slug="apply-here"):
    page = ApplicationFormPage.objects.get(pk=page.pk)
    page.slug = slug
    page.save_revision().publish()


takes_away = pytest.mark.parametrize(
    "take_away", [unpublish, let_its_time_pass, make_private, ask_for_an_account]
)


class TestTakenAway:
    @takes_away
    @pytest.mark.parametrize("since", ["step/2/", "step/3/", "step/4/", "review/"])
    def test_who_has_begun_goes_on_reviews_and_sends(
        self, visitor, form_page, take_away, since
    ):
        walk(visitor, form_page, until=since)
        take_away(form_page)

        here = soup_of(visitor.get(f"/apply/{since}"))
        assert CLOSED in here.text
        # The back button asks for what was shown before.
        assert visitor.get("/apply/step/1/").status_code == 200
        walk(visitor, form_page)
        review = soup_of(visitor.get("/apply/review/"))
        assert CLOSED in review.text
        assert NAME in review.text
        sent = fill_in(visitor, "/apply/review/")

        application = Application.objects.get()
        assert reference_in(visitor.get(sent.url)) == application.reference

    @takes_away
    def test_nobody_else_gets_it(self, visitor, form_page, take_away):
        other = PathClient()
        walk(other, form_page)
        take_away(form_page)

        for address in ("", "step/1/", "review/", "save/", "clear/"):
            response = visitor.get(f"/apply/{address}")
            is_asked = "password" in response.content.decode()
            assert response.status_code in {404, 302} or is_asked
            assert "Are you an adult?" not in response.content.decode()

    @takes_away
    def test_its_own_address_leads_to_where_somebody_was(
        self, visitor, form_page, take_away
    ):
        walk(visitor, form_page, until="step/3/")
        take_away(form_page)

        response = visitor.get("/apply/", follow=True)

        assert soup_of(response).h1.text in {"Your health", form_page.title}

    def test_what_was_typed_into_the_first_step_meanwhile_is_kept(
        self, visitor, form_page
    ):
        token = soup_of(visitor.get("/apply/step/1/")).select_one("[name=form_token]")
        unpublish(form_page)

        response = visitor.post(
            "/apply/step/1/?saving", {f"q-{ADULT}": "Yes", TOKEN: token["value"]}
        )

        assert (response.status_code, response.url) == (303, "/apply/step/2/")
        assert CLOSED in visitor.get(response.url).content.decode()

    def test_a_form_of_one_page_that_was_open_is_taken_for_a_day(self, visitor, home):
        page = ApplicationFormPageFactory(parent=home)
        unpublish(page)

        response = visitor.post("/apply/", filled_in(page))

        assert reference_in(visitor.get(response.url))
        late = visitor.post("/apply/", filled_in(page, age=25 * 3600))
        assert late.status_code == 410
        assert NAME in late.content.decode()
        assert Application.objects.count() == 1

    def test_its_mistakes_are_shown_where_they_were_made(self, visitor, home):
        page = ApplicationFormPageFactory(parent=home)
        unpublish(page)

        response = visitor.post("/apply/", filled_in(page, email="ada@"))

        assert response.status_code == 422
        assert NAME in response.content.decode()

    def test_a_token_that_nobody_signed_opens_nothing(self, visitor, form_page):
        unpublish(form_page)

        assert visitor.post("/apply/step/1/", {TOKEN: "x"}).status_code == 404
        visitor.jar["draft", "/"] = visitor.jar["precheck", "/"] = "x"
        assert visitor.get("/apply/step/1/").status_code == 404

    def test_a_draft_past_its_time_opens_nothing(self, visitor, form_page):
        walk(visitor, form_page)
        unpublish(form_page)
        Draft.objects.update(expires_at=timezone.now())

        assert visitor.get("/apply/review/").status_code == 404

    def test_who_clears_their_answers_is_told_so(self, visitor, form_page):
        walk(visitor, form_page)
        unpublish(form_page)

        response = fill_in(visitor, "/apply/clear/")

        assert "have been deleted" in response.content.decode()
        assert not Draft.objects.exists()
        assert not visitor.jar.keys() & {("draft", "/apply/")}
        assert visitor.get("/apply/review/").status_code == 404

    @takes_away
    def test_a_stale_visit_keeps_what_was_typed(self, form_page, take_away):
        strict = PathClient(enforce_csrf_checks=True, headers={"host": "localhost"})
        token = soup_of(strict.get("/apply/step/1/")).select_one("[name=form_token]")
        take_away(form_page)

        response = strict.post(
            "/apply/step/1/", {f"q-{ADULT}": "No", TOKEN: token["value"]}
        )

        assert response.status_code == 403
        assert soup_of(response).select_one("[value=No]").has_attr("checked")
        assert precheck.COOKIE not in response.cookies

    @pytest.mark.parametrize("address", ["", "clear/", "save/"])
    @takes_away
    def test_a_stale_visit_to_what_was_begun_says_that_it_is_there(
        self, form_page, take_away, address
    ):
        strict = PathClient(enforce_csrf_checks=True, headers={"host": "localhost"})
        begun = PathClient()
        walk(begun, form_page)
        take_away(form_page)
        strict.jar = begun.jar

        response = strict.post(f"/apply/{address}", {"email": "ada@example.org"})

        assert response.status_code == 403
        text = soup_of(response).select_one("main").text
        assert "Go on where you stopped" in text
        assert "on this page only" not in text
        assert Draft.objects.count() == 1

    @pytest.mark.parametrize("take_away", [unpublish, let_its_time_pass])
    def test_a_stale_review_of_what_is_gone_says_so(self, form_page, take_away):
        strict = PathClient(enforce_csrf_checks=True, headers={"host": "localhost"})
        begun = PathClient()
        walk(begun, form_page)
        review = soup_of(begun.get("/apply/review/"))
        token = review.select_one("[name=form_token]")["value"]
        take_away(form_page)
        Draft.objects.all().delete()
        strict.jar = begun.jar

        response = strict.post("/apply/review/", {TOKEN: token})

        assert response.status_code == 403
        assert "no longer here" in response.content.decode()

    def test_costs_others_no_query(self, visitor, form_page, django_assert_num_queries):
        unpublish(form_page)
        visitor.get("/no-such-page/step/1/")
        with CaptureQueriesContext(connection) as anywhere:
            visitor.get("/no-such-page/step/1/")

        # The page is found, and that it has restrictions or not is not asked.
        with django_assert_num_queries(len(anywhere) + 2):
            assert visitor.get("/apply/step/1/").status_code == 404


class TestPrivateFromTheStart:
    def test_whoever_may_see_it_begins_and_sends(self, form_page, admin_user):
        ask_for_an_account(form_page)
        member = PathClient()
        member.force_login(admin_user)
        for name, cookie in member.cookies.items():
            member.jar[name, "/"] = cookie.value

        assert soup_of(member.get("/apply/")).select_one("#form a.button")
        walk(member, form_page)
        review = member.get("/apply/review/")
        assert CLOSED not in review.text
        assert reference_in(member.get(fill_in(member, "/apply/review/").url))

    def test_on_one_page_too(self, home, admin_user):
        page = ApplicationFormPageFactory(parent=home)
        ask_for_an_account(page)
        member = PathClient()
        member.force_login(admin_user)
        for name, cookie in member.cookies.items():
            member.jar[name, "/"] = cookie.value

        assert soup_of(member.get("/apply/")).select("#form [name]")


class TestMoved:
    @pytest.mark.parametrize("since", ["step/2/", "step/4/", "review/"])
    def test_who_has_begun_is_led_on_and_told(self, visitor, form_page, since):
        walk(visitor, form_page, until=since)
        rename(form_page)

        response = visitor.get(f"/apply/{since}")

        assert response.url == f"/apply-here/{since}?notice=moved"
        shown = visitor.get(response.url)
        assert "has moved to another address" in shown.content.decode()
        assert {path for name, path in visitor.jar if name in COOKIES} == {
            "/apply-here/"
        }
        form_page.refresh_from_db()
        walk(visitor, form_page)
        sent = fill_in(visitor, "/apply-here/review/")
        assert reference_in(visitor.get(sent.url))

    def test_what_is_posted_to_the_old_address_is_kept(self, visitor, form_page):
        walk(visitor, form_page, until="step/4/")
        rename(form_page)
        token = FormToken(
            form_page.latest_definition.pk, uuid.uuid4(), int(time.time())
        )
        typed = {TOKEN: str(token), field("long_text"): "Vermilionazole, 5 mg"}

        response = visitor.post("/apply/step/4/?saving", typed)

        assert response.url == "/apply-here/review/?notice=moved"
        assert "Vermilionazole" in visitor.get(response.url).content.decode()
        # The back button.
        back = visitor.get("/apply/step/4/")
        assert back.url == "/apply-here/step/4/"
        assert "Vermilionazole" in visitor.get(back.url).content.decode()

    def test_the_first_step_posted_to_the_old_address_is_kept(self, visitor, form_page):
        token = soup_of(visitor.get("/apply/step/1/")).select_one("[name=form_token]")
        rename(form_page)

        response = visitor.post(
            "/apply/step/1/?saving", {f"q-{ADULT}": "Yes", TOKEN: token["value"]}
        )

        assert response.url == "/apply-here/step/2/?notice=moved"
        assert visitor.get(response.url).status_code == 200

    def test_what_could_not_be_kept_stays_where_it_was_typed(
        self, visitor, form_page, monkeypatch
    ):
        walk(visitor, form_page, until="step/4/")
        posted = {field("long_text"): "Vermilionazole, 5 mg"}
        rename(form_page)
        monkeypatch.setattr(drafts, "change", _fail)

        response = visitor.post("/apply/step/4/?saving", posted)

        assert response.status_code == 503
        assert "Vermilionazole" in response.content.decode()
        monkeypatch.undo()
        assert visitor.post("/apply/step/4/?saving", posted).status_code == 303

    def test_what_was_refused_there_can_be_cleared_and_changed_at_its_links(
        self, visitor, form_page
    ):
        walk(visitor, form_page)
        visitor.get("/apply/save/")
        rename(form_page)

        refused = visitor.post("/apply/save/", {"email": "ada@"})

        assert refused.status_code == 422
        links = {link["href"] for link in soup_of(refused).select("main a[href]")}
        assert "/apply-here/clear/" in links
        assert NAME in visitor.get("/apply-here/step/2/").content.decode()
        # The page itself goes on where it is.
        posted = {"email": "ada@example.org"}
        assert visitor.post("/apply/save/", posted).status_code == 303
        fill_in(visitor, "/apply-here/clear/")
        assert not Draft.objects.exists()

    def test_so_can_what_the_browser_alone_carries(self, visitor, form_page):
        page = visitor.get("/apply/step/1/")
        token = soup_of(page).select_one("[name=form_token]")["value"]
        typed = {TOKEN: token, f"q-{ADULT}": "Yes"}
        visitor.post("/apply/step/1/", typed)
        rename(form_page)

        too_long = {TOKEN: token, field("short_text"): "x" * 4_000}
        refused = visitor.post("/apply/step/2/", too_long)

        assert refused.status_code == 422
        first = soup_of(visitor.get("/apply-here/step/1/"))
        assert first.select_one("[value=Yes]").has_attr("checked")

    def test_a_refusal_without_the_database_shows_what_was_typed(
        self, visitor, form_page, monkeypatch
    ):
        walk(visitor, form_page, until="step/4/")
        rename(form_page)

        def fail(*args):
            # From here on the database answers nothing.
            monkeypatch.setattr(going_on, "find", _fail)
            raise OperationalError

        monkeypatch.setattr(drafts, "change", fail)
        posted = {field("long_text"): "Vermilionazole, 5 mg"}

        response = visitor.post("/apply/step/4/", posted)

        assert response.status_code == 503
        assert "Vermilionazole" in response.content.decode()

    def test_a_form_of_one_page_sent_to_the_old_address_arrives(self, visitor, home):
        page = ApplicationFormPageFactory(parent=home)
        rename(page)

        response = visitor.post("/apply/", filled_in(page))

        assert reference_in(visitor.get(response.url))

    def test_nobody_else_gets_more_than_the_redirect(
        self, visitor, form_page, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            rename(form_page)

        assert visitor.get("/apply/").url == "/apply-here/"
        assert visitor.get("/apply/step/1/").status_code == 404

    def test_another_form_at_the_old_address_takes_nothing_away(
        self, visitor, form_page, home
    ):
        walk(visitor, form_page, until="step/4/")
        token = soup_of(visitor.get("/apply/step/4/")).select_one("[name=form_token]")
        rename(form_page)
        SteppedFormPageFactory(parent=home, title="The other")
        typed = {TOKEN: token["value"], field("long_text"): "Vermilionazole, 5 mg"}

        response = visitor.post("/apply/step/4/", typed)

        assert response.url == "/apply-here/review/?notice=moved"
        # From now on the old address is the other form's alone.
        assert "The other" in visitor.get("/apply/").content.decode()
        assert visitor.get("/apply/step/1/").status_code == 200

    def test_a_form_of_one_page_at_the_old_address_takes_nothing_away(
        self, visitor, home
    ):
        page = ApplicationFormPageFactory(parent=home)
        rename(page)
        ApplicationFormPageFactory(parent=home, title="The other")

        response = visitor.post("/apply/", filled_in(page))

        assert reference_in(visitor.get(response.url))
        assert Application.objects.get().definition.page_id == page.pk

    def test_and_taken_down_goes_on_all_the_same(self, visitor, form_page):
        walk(visitor, form_page)
        rename(form_page)
        unpublish(ApplicationFormPage.objects.get())

        response = visitor.get("/apply/review/", follow=True)

        assert response.status_code == 200
        assert NAME in response.content.decode()
        sent = fill_in(visitor, "/apply-here/review/")
        assert reference_in(visitor.get(sent.url))


@pytest.mark.parametrize("take_away", [unpublish, let_its_time_pass, rename])
class TestClearedInAnotherWindowMeanwhile:
    """Nothing leads to an address at which nobody is answered any more."""

    def test_saving_says_so(self, visitor, form_page, monkeypatch, take_away):
        walk(visitor, form_page)
        take_away(form_page)
        monkeypatch.setattr(drafts, "change", _cleared)

        response = visitor.post("/apply/save/", {"email": "ada@example.org"})

        assert response.status_code == 409
        assert "no longer here" in response.content.decode()
        assert "ada@example.org" in response.content.decode()

    def test_leaving_an_exit_says_so(self, visitor, form_page, monkeypatch, take_away):
        walk(visitor, form_page)
        drafts.change(Draft.objects.get(), {ADULT: "No"})
        take_away(form_page)
        monkeypatch.setattr(drafts, "change", _cleared)

        response = visitor.post("/apply/exit/1/")

        assert response.status_code == 409
        assert "no longer here" in response.content.decode()


class TestNeverInCircles:
    def test_a_form_that_moved_back_and_was_taken_down_is_gone(
        self, visitor, form_page
    ):
        walk(visitor, form_page, until="step/4/")
        rename(form_page)
        visitor.get("/apply/step/4/", follow=True)
        rename(form_page, "apply")
        unpublish(ApplicationFormPage.objects.get())
        for name in COOKIES:
            visitor.jar.pop((name, "/apply-here/"), None)

        for address in ("", "step/1/", "step/4/"):
            assert visitor.get(f"/apply/{address}").status_code == 404

    @pytest.mark.parametrize("take_away", [unpublish, let_its_time_pass])
    @pytest.mark.parametrize("address", ["", "step/1/", "step/4/", "review/"])
    def test_a_draft_that_nobody_can_read_is_gone_with_its_form(
        self, visitor, form_page, take_away, address
    ):
        walk(visitor, form_page)
        take_away(form_page)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE applications_draft SET answers = 'v1:x:y'")

        response = visitor.get(f"/apply/{address}", follow=True)

        assert response.status_code == 404


@pytest.mark.parametrize("take_away", [unpublish, make_private, rename])
class TestLinks:
    def test_lead_to_the_status_and_the_thanks(
        self, visitor, form_page, commits, take_away
    ):
        walk(visitor, form_page)
        thanks = fill_in(visitor, "/apply/review/").url
        take_away(form_page)

        assert reference_in(visitor.get(thanks))
        there = PathClient(headers={"host": "localhost"})
        status = open_status(there)
        assert Application.objects.get().reference in status.content.decode()
        assert there.get("/applications/status/answers/").status_code == 200

    def test_lead_to_the_draft_in_another_browser(
        self, visitor, form_page, commits, take_away
    ):
        walk(visitor, form_page)
        visitor.post("/apply/save/", {"email": "ada@example.org"})
        take_away(form_page)

        there = PathClient(headers={"host": "localhost"})
        ask_for_code(there, latest_link())
        response = there.get(enter(there, latest_code()).url, follow=True)

        assert NAME in response.content.decode()


class TestDeleted:
    def test_says_so_and_shows_what_was_typed(self, visitor, form_page, home):
        Organisation.objects.update_or_create(
            site=home.get_site(), defaults={"telephone": "01632 960 999"}
        )
        token = soup_of(visitor.get("/apply/step/1/")).select_one("[name=form_token]")
        posted = {TOKEN: token["value"], field("short_text"): NAME, f"q-{ADULT}": ""}
        ApplicationFormPage.objects.get().delete()

        response = visitor.post("/apply/step/2/", posted)

        assert response.status_code == 410
        assert "no-store" in response.headers["Cache-Control"]
        text = soup_of(response).select_one("main").text
        assert "Nothing has been sent" in text
        assert "01632 960 999" in text
        assert NAME in text
        assert visitor.get("/apply/step/2/").status_code == 404

    @pytest.mark.parametrize("is_replaced", [False, True])
    def test_a_stale_visit_shows_what_was_typed(self, form_page, home, is_replaced):
        strict = PathClient(enforce_csrf_checks=True, headers={"host": "localhost"})
        token = soup_of(strict.get("/apply/step/1/")).select_one("[name=form_token]")
        posted = {TOKEN: token["value"], field("short_text"): NAME}
        ApplicationFormPage.objects.get().delete()
        if is_replaced:
            SteppedFormPageFactory(parent=home, title="The other")

        response = strict.post("/apply/step/2/", posted)

        assert response.status_code == 403
        assert "no-store" in response.headers["Cache-Control"]
        assert NAME in soup_of(response).select_one("main").text

    def test_a_stale_visit_with_a_token_that_nobody_signed_is_refused(self, form_page):
        strict = PathClient(enforce_csrf_checks=True, headers={"host": "localhost"})
        ApplicationFormPage.objects.get().delete()

        for posted in ({TOKEN: "x", field("short_text"): NAME}, {}):
            response = strict.post("/apply/step/2/", posted)
            assert response.status_code == 403
            assert NAME not in response.content.decode()

    def test_and_replaced_shows_what_was_typed(self, visitor, home):
        page = ApplicationFormPageFactory(parent=home)
        posted = filled_in(page)
        ApplicationFormPage.objects.get().delete()
        ApplicationFormPageFactory(parent=home, title="The other")

        response = visitor.post("/apply/", posted)

        assert response.status_code == 410
        assert NAME in response.content.decode()


def _cleared(*args):
    raise Draft.DoesNotExist


def _fail(*args):
    raise OperationalError
