"""Old addresses lead to where a page is now, and tell nothing of drafts."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.helpers.factories import ContentPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(commits):
    """Change a slug; Wagtail tells of it once the change is committed."""

    def rename(page, slug):
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        with commits():
            page.save_revision().publish() if page.live else page.save()
        return Page.objects.get(pk=page.pk).specific

    return rename


@pytest.fixture
def move(commits):
    def move(page, target):
        with commits():
            Page.objects.get(pk=page.pk).specific.move(
                Page.objects.get(pk=target.pk), pos="last-child"
            )
        return Page.objects.get(pk=page.pk).specific

    return move


@pytest.fixture
def cost(home):
    return ContentPageFactory(parent=home, slug="cost")


def old_paths():
    return set(Redirect.objects.values_list("old_path", flat=True))


def leads_to(client, url):
    response = client.get(url)
    assert response.status_code == 301, response.status_code
    return response.url


def test_a_renamed_page_is_found_at_its_old_address(client, cost, rename):
    rename(cost, "prices")

    assert leads_to(client, "/cost/") == "/prices/"


def test_so_are_the_live_pages_beneath_it(client, cost, rename):
    ContentPageFactory(parent=cost, slug="travel")
    ContentPageFactory(parent=cost, slug="secret", live=False)

    rename(cost, "prices")

    assert leads_to(client, "/cost/travel/") == "/prices/travel/"
    assert old_paths() == {"/cost", "/cost/travel"}


def test_so_are_moved_pages(client, home, cost, move):
    about = ContentPageFactory(parent=home, slug="about")
    ContentPageFactory(parent=cost, slug="travel")

    move(cost, about)

    assert leads_to(client, "/cost/") == "/about/cost/"
    assert leads_to(client, "/cost/travel/") == "/about/cost/travel/"


def test_a_draft_nobody_has_seen_leaves_no_trace(home, rename, move):
    draft = ContentPageFactory(parent=home, slug="name-of-a-patient", live=False)
    about = ContentPageFactory(parent=home, slug="about")

    draft = rename(draft, "a-story")
    move(draft, about)

    assert not Redirect.objects.exists()


def test_neither_does_one_renamed_as_it_is_published(home, commits):
    draft = ContentPageFactory(parent=home, slug="name-of-a-patient", live=False)
    draft.slug = "a-story"

    with commits():
        draft.save_revision().publish()

    draft.refresh_from_db()
    assert draft.live
    assert not Redirect.objects.exists()


def test_a_page_renamed_as_it_is_published_again_is_found(client, cost, commits):
    """Readers may have kept its address from before it was taken down."""
    cost.unpublish()
    page = Page.objects.get(pk=cost.pk).specific
    page.slug = "prices"

    with commits():
        page.save_revision().publish()

    assert leads_to(client, "/cost/") == "/prices/"


def test_live_pages_beneath_a_draft_are_found(client, home, rename):
    draft = ContentPageFactory(parent=home, slug="draft", live=False)
    ContentPageFactory(parent=draft, slug="travel")

    rename(draft, "renamed")

    assert old_paths() == {"/draft/travel"}
    assert leads_to(client, "/draft/travel/") == "/renamed/travel/"


def test_many_renamings_take_one_step(client, cost, rename):
    for slug in ("prices", "fees", "money"):
        rename(cost, slug)

    for old in ("/cost/", "/prices/", "/fees/"):
        assert leads_to(client, old) == "/money/"


def test_renaming_back_leads_nobody_in_circles(client, cost, rename):
    ContentPageFactory(parent=cost, slug="travel")
    rename(cost, "prices")
    cost = rename(cost, "cost")

    assert client.get("/cost/").status_code == 200
    assert old_paths() == {"/prices", "/prices/travel"}

    cost.unpublish()
    assert client.get("/cost/").status_code == 404


def test_two_pages_may_change_places(client, home, cost, rename):
    fees = ContentPageFactory(parent=home, slug="fees")
    rename(cost, "other")
    rename(fees, "cost")
    rename(cost, "fees")

    assert client.get("/cost/").status_code == 200
    assert client.get("/fees/").status_code == 200
    assert old_paths() == {"/other"}


def test_a_typed_redirect_to_the_old_address_follows(client, cost, rename):
    Redirect.add_redirect("/brochure", "http://localhost/cost/")

    rename(cost, "prices")

    assert leads_to(client, "/brochure/") == "/prices/"


def test_a_typed_redirect_is_not_overwritten(client, cost, rename):
    Redirect.add_redirect("/cost", "https://elsewhere.example/")

    rename(cost, "prices")

    assert old_paths() >= {"/cost"}
    typed = Redirect.objects.get(redirect_link="https://elsewhere.example/")
    assert not typed.automatically_created


def test_sorting_pages_redirects_nothing(home, cost, commits):
    ContentPageFactory(parent=home, slug="about")

    with commits():
        Page.objects.get(pk=cost.pk).move(
            Page.objects.get(pk=home.pk), pos="last-child"
        )

    assert not Redirect.objects.exists()
