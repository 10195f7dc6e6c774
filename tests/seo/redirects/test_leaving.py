"""Whoever deletes or unpublishes a page says where its readers go."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.persons.scrubbing import delete_page
from core.publishing.gate import suggestions
from home.roles import EDITORS, MODERATORS
from seo.models import NotFoundAddress
from seo.not_found import counting
from seo.redirects.models import RedirectHits, Replacement
from testimonials import erased_stories
from tests.helpers.factories import ContentPageFactory
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.seo.redirects.conftest import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def cost(home):
    """/fees/cost/, once /fees/price/, with /fees/cost/travel/ beneath it."""
    fees = ContentPageFactory(parent=home, slug="fees", title="Fees")
    cost = ContentPageFactory(parent=fees, slug="price", title="Cost")
    cost.slug = "cost"
    cost.save()
    ContentPageFactory(parent=cost, slug="travel")
    return cost


@pytest.fixture
def other(home):
    return ContentPageFactory(parent=home, slug="other", title="Other")


@pytest.fixture
def staff(log_in, cost):
    return log_in(None)


def ways(page):
    """Each way to take a page from readers: an address, and what is posted with it."""
    bulk = f"?id={page.pk}&next=/admin/"
    name, app = "wagtail_bulk_action", ["wagtailcore", "page"]
    return {
        "delete": reverse("wagtailadmin_pages:delete", args=[page.pk]),
        "unpublish": reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
        "delete in bulk": reverse(name, args=[*app, "delete"]) + bulk,
        "unpublish in bulk": reverse(name, args=[*app, "unpublish"]) + bulk,
    }


WAYS = ["delete", "unpublish", "delete in bulk", "unpublish in bulk"]
OLD = ["/fees/cost/", "/fees/cost/travel/", "/fees/price/"]


@pytest.mark.parametrize("way", WAYS)
class TestEveryWay:
    def test_asks_and_suggests_the_nearest_page(self, staff, cost, way):
        answer = staff.get(ways(cost)[way]).content.decode()

        assert "Where do its readers go?" in answer
        assert "To “Fees”, the nearest page that stays" in answer
        assert answer.index("<form action=") < answer.index("Where do its readers go?")

    def test_asks_nothing_about_a_draft_that_nobody_saw(self, staff, home, way):
        draft = ContentPageFactory(parent=home, slug="draft", live=False)

        answer = staff.get(ways(draft)[way], follow=True).content.decode()

        assert "Where do its readers go?" not in answer

    @pytest.mark.parametrize(
        ("chosen", "target"),
        [("nearest", "/fees/"), ("other", "/other/"), ("gone", None)],
    )
    def test_sends_readers_where_it_was_said(
        self, staff, client, cost, other, way, chosen, target
    ):
        data = {"readers_go": chosen, "include_descendants": "on"}
        if chosen == "other":
            data["readers_page"] = other.pk

        assert staff.post(ways(cost)[way], data).status_code == 302

        for old in OLD:
            answer = client.get(f"{old}?utm_source=x")
            if target:
                assert answer.url == f"{target}?utm_source=x", old
                assert client.get(old[:-1]).url == target
            else:
                assert answer.status_code == 410, old
                assert "This page is gone" in answer.content.decode()

    def test_refuses_a_page_that_goes_too(self, staff, client, cost, way):
        travel = cost.get_children().get()
        data = {
            "readers_go": "other",
            "readers_page": travel.pk,
            "include_descendants": "on",
        }

        answer = staff.post(ways(cost)[way], data, follow=True)

        assert "goes as well" in answer.content.decode()
        assert client.get("/fees/cost/").status_code == 200
        assert client.get("/fees/price/").url == "/fees/cost/"

    def test_refuses_a_page_that_nobody_reads(self, staff, client, cost, home, way):
        draft = ContentPageFactory(parent=home, slug="draft", live=False)
        data = {"readers_go": "other", "readers_page": draft.pk}

        answer = staff.post(ways(cost)[way], data, follow=True)

        assert "is not published" in answer.content.decode()
        assert client.get("/fees/cost/").status_code == 200


def test_deleting_asks_again_where_the_name_of_the_site_is_wrong(staff, client, cost):
    fill(cost.get_children().get(), 12)
    data = {"readers_go": "gone", "confirm_site_name": "wrong"}

    staff.post(ways(cost)["delete"], data)

    assert client.get("/fees/cost/").status_code == 200
    assert client.get("/fees/price/").url == "/fees/cost/"


def test_a_page_published_again_takes_its_address_back(staff, client, cost):
    staff.post(ways(cost)["unpublish"], {"readers_go": "nearest"})
    assert client.get("/fees/cost/").url == "/fees/"
    assert client.get("/fees/cost/").status_code == 302  # for as long as it is so
    assert client.get("/fees/cost/travel/").status_code == 200

    Page.objects.get(pk=cost.pk).specific.save_revision().publish()

    assert client.get("/fees/cost/").status_code == 200
    assert client.get("/fees/price/").url == "/fees/cost/"


def test_aliases_and_theirs_lead_where_their_page_leads(staff, client, cost, other):
    alias = cost.create_alias(parent=other, update_slug="alias")
    alias.create_alias(parent=other, update_slug="again")
    assert client.get("/other/again/").status_code == 200

    staff.post(
        ways(cost)["unpublish"], {"readers_go": "other", "readers_page": other.pk}
    )

    for old in ("/fees/cost/", "/other/alias/", "/other/again/"):
        assert client.get(old).url == "/other/"


def test_readers_may_go_to_a_page_beneath_that_stays(staff, client, cost):
    travel = cost.get_children().get()

    staff.post(
        ways(cost)["unpublish"], {"readers_go": "other", "readers_page": travel.pk}
    )

    assert client.get("/fees/cost/").url == "/fees/cost/travel/"


def test_where_the_successor_goes_readers_go_with_it(staff, client, cost, other):
    staff.post(
        ways(cost)["unpublish"], {"readers_go": "other", "readers_page": other.pk}
    )
    staff.post(ways(other)["delete"], {"readers_go": "gone"})

    assert client.get("/fees/cost/").status_code == 410


def test_many_are_deleted_with_where_they_lead(
    staff, client, home, django_assert_max_num_queries
):
    top = ContentPageFactory(parent=home, slug="top")
    fill(top, 600)
    from seo.redirects.leaving import leave_deleted

    with django_assert_max_num_queries(25):
        leave_deleted(Page.objects.get(pk=top.pk), home)

    assert Redirect.objects.filter(redirect_page=home).count() == 601


def test_a_page_deleted_by_a_program_kills_no_old_address(client, cost):
    Redirect.add_redirect("/brochure", cost)

    Page.objects.get(pk=cost.pk).delete()

    for old in ("/fees/price/", "/brochure/"):
        assert client.get(old).status_code == 410


def test_so_does_one_whose_old_address_was_followed(client, cost):
    # Django deletes the redirect after the page then, not before it.
    old = Redirect.objects.get(old_path="/fees/price")
    RedirectHits.objects.create(redirect=old, day="2026-01-01", count=1)

    Page.objects.get(pk=cost.pk).delete()

    assert client.get("/fees/price/").status_code == 410


def test_a_site_is_deleted_with_its_redirects(home, client, cost):
    Page.objects.get(pk=home.pk).delete()

    assert not Redirect.objects.exists()


def test_an_erased_page_leaves_no_address(client, cost):
    Replacement.objects.create(page=cost, successor=None)

    delete_page(Page.objects.get(pk=cost.pk))

    assert not Redirect.objects.filter(old_path__contains="price").exists()
    assert client.get("/fees/price/").status_code == 404
    assert client.get("/fees/cost/").status_code == 404


def test_a_moderator_who_may_not_delete_leaves_nothing(log_in, cost):
    client = log_in(MODERATORS)

    client.post(ways(cost)["delete"], {"readers_go": "gone"})

    if Page.objects.filter(pk=cost.pk).exists():
        assert Redirect.objects.filter(redirect_page=cost).exists()


def test_a_page_whose_time_is_over_follows_what_was_said_before(client, cost, other):
    Replacement.objects.create(page=cost, successor=other)
    assert client.get("/fees/cost/").status_code == 200

    Page.objects.filter(pk=cost.pk).update(expire_at="2020-01-01T00:00Z")

    assert client.get("/fees/cost/").url == "/other/"
    assert client.get("/fees/price/").url == "/other/"


def by_the_clock(staff, page):
    Page.objects.filter(pk=page.pk).update(expire_at="2020-01-01T00:00Z")
    call_command("publish_scheduled")


def by_the_api(staff, page, action="unpublish"):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    assert staff.post(url).status_code in (200, 204)


def by_a_program(staff, page):
    Page.objects.get(pk=page.pk).unpublish()


@pytest.mark.parametrize(
    "leave",
    [
        by_the_clock,
        by_the_api,
        lambda *given: by_the_api(*given, "delete"),
        by_a_program,
        lambda staff, page: staff.post(ways(page)["delete in bulk"]),
        lambda staff, page: staff.post(ways(page)["unpublish in bulk"]),
    ],
    ids=["clock", "API", "API delete", "program", "bulk delete", "bulk unpublish"],
)
def test_where_nobody_is_asked_no_redirect_leads_to_nothing(
    staff, cost, leave, settings, monkeypatch
):
    """And the report on addresses not found lists what is left without an answer."""
    settings.NOT_FOUND_DAYS = 90
    monkeypatch.setattr(counting, "_buffer", counting._Buffer())
    Redirect.add_redirect("/brochure", cost)

    leave(staff, cost)

    assert not Page.objects.filter(pk=cost.pk, live=True).exists()
    reader = Client(headers={"user-agent": "Mozilla/5.0"})
    answers = {path: reader.get(path).status_code for path in [*OLD, "/brochure/"]}
    del answers["/fees/cost/travel/"]  # stays where its parent alone is taken down
    assert set(answers.values()) <= {404, 410}
    counting.write(at_once=True)
    missed = set(NotFoundAddress.objects.values_list("path", flat=True))
    without = {path.rstrip("/") for path, status in answers.items() if status == 404}
    assert without <= missed


def test_an_end_without_anything_after_it_is_named_in_the_editor(cost, other):
    def advice():
        codes = [problem.code for problem in suggestions(cost)]
        return "nothing-after-the-end" in codes

    assert not advice()
    cost.expire_at = timezone.now() + timedelta(days=1)
    assert advice()
    Replacement.objects.create(page=cost, successor=other)
    assert not advice()


class TestBeforehand:
    def test_is_said_and_shown_again(self, staff, client, cost, other):
        url = reverse("readers_of_page", args=[cost.pk])
        assert (
            url
            in staff.get(
                reverse("wagtailadmin_pages:edit", args=[cost.pk])
            ).content.decode()
        )

        staff.post(url, {"readers_go": "other", "readers_page": other.pk})
        form = staff.get(url).context["form"]
        assert form["readers_page"].value() == other.pk
        cost.unpublish(set_expired=True)

        assert client.get("/fees/cost/").url == "/other/"

    def test_is_refused_beside_the_question(self, staff, cost):
        url = reverse("readers_of_page", args=[cost.pk])

        answer = staff.post(url, {"readers_go": "other"})

        assert "Choose the page that readers get." in answer.content.decode()
        assert not Replacement.objects.exists()

    def test_is_said_by_those_who_may_take_a_page_down(self, log_in, cost):
        url = reverse("readers_of_page", args=[cost.pk])

        assert log_in(EDITORS).get(url).status_code == 302
        assert log_in(MODERATORS).get(url).status_code == 200


def test_no_redirect_answers_for_a_story_that_was_taken_back(client, cost):
    erased_stories.remember(["/stories/ada/"])
    Redirect.add_redirect("/stories/*", cost)

    assert client.get("/stories/ada/").status_code == 410
    assert "This page is gone" not in client.get("/stories/ada").content.decode()
    assert client.get("/stories/grace/").url == cost.url


def test_of_a_story_nothing_is_kept_and_nothing_asked(staff, client, home):
    index = TestimonialIndexPageFactory(parent=home)
    story = TestimonialPageFactory(parent=index, slug="ada")
    story.slug = "a-story"
    story.save()
    assert Redirect.objects.filter(redirect_page=story).exists()

    asked = staff.get(ways(story)["delete"]).content.decode()
    staff.post(ways(story)["delete"], {"readers_go": "nearest"})

    assert "Where do its readers go?" not in asked
    assert not Redirect.objects.filter(old_path__contains="ada").exists()
