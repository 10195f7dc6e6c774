"""The canonical address: the page's own, a chosen page's, or one elsewhere."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from home.models import ContentPage
from seo.crawling import canonical
from seo.crawling.stored import chosen_canonical_pages
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
)
from tests.helpers.page_form import edit_url, posted

pytestmark = pytest.mark.django_db


def printed(client, page):
    head = BeautifulSoup(client.get(page.url).content, "html.parser").head
    return head.find("link", rel="canonical")["href"]


def is_listed(client, page):
    sitemap = client.get("/sitemap.xml").content.decode()
    return f"<loc>{page.full_url}</loc>" in sitemap


@pytest.fixture
def cost(home):
    return ContentPageFactory(parent=home, title="Cost", slug="cost-é")


@pytest.fixture
def other(home):
    return ContentPageFactory(parent=home, title="Other", slug="other")


OWN = [
    "http://localhost/cost-%C3%A9/",
    "http://localhost/cost-%c3%a9",
    "http://localhost/cost-é/",
    "https://localhost/Cost-%C3%A9/",
    "HTTP://LOCALHOST:80/cost-%C3%A9/",
    "http://www.localhost:8000/cost-é",
]


@pytest.mark.parametrize("address", OWN)
def test_the_page_s_own_in_any_spelling_is_itself(client, cost, address):
    assert canonical.checked(cost, address) == (None, "")

    cost.canonical_url = address
    cost.save()

    assert printed(client, cost) == cost.full_url
    assert is_listed(client, cost)


def test_a_chosen_page_is_followed_wherever_it_moves(client, home, cost, other):
    cost.canonical_page = other
    cost.save()
    assert printed(client, cost) == other.full_url
    assert not is_listed(client, cost)

    other.slug = "elsewhere"
    other.save()

    assert printed(client, cost) == "http://localhost/elsewhere/"


def test_a_chosen_page_that_is_gone_counts_for_nothing(client, cost, other):
    cost.canonical_page = other
    cost.save()
    other.unpublish()
    assert printed(client, cost) == cost.full_url
    assert is_listed(client, cost)

    other.delete()

    cost.refresh_from_db()
    assert cost.canonical_page is None
    assert printed(client, cost) == cost.full_url


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("ftp://elsewhere.example/", "Begin the address with https://"),
        ("javascript:alert(1)", "Begin the address with https://"),
        ("https://", "no address"),
        ("https://elsewhere.example:x/", "no address"),
        ("https://me@elsewhere.example/", "no address"),
        ("https://elsewhere.example/#part", "Leave out what begins with “#”"),
        ("https://localhost/nothing/", "There is no page at this address"),
        ("https://localhost/%00/", "no address"),
        ("https://localhost/draft/", "“Draft” is not published"),
    ],
)
def test_what_leads_nowhere_is_refused(home, cost, address, sentence):
    ContentPageFactory(parent=home, title="Draft", slug="draft", live=False)

    with pytest.raises(ValidationError) as refused:
        canonical.checked(cost, address)

    assert sentence in refused.value.messages[0]


def test_an_address_of_ours_becomes_the_page(cost, other):
    Redirect.objects.create(old_path="/old", redirect_page=other)

    for address in ("https://localhost/other", "http://localhost/old/"):
        target, typed = canonical.checked(cost, address)
        assert (target.pk, typed) == (other.pk, "")


def test_another_host_is_kept_as_typed(client, cost):
    address = "https://elsewhere.example/cost?id=1"
    assert canonical.checked(cost, address) == (None, address)

    cost.canonical_url = address
    cost.save()

    assert printed(client, cost) == address
    assert not is_listed(client, cost)


def test_an_original_does_not_name_its_alias(cost):
    alias = cost.create_alias(update_slug="again")

    with pytest.raises(ValidationError, match="is an alias of this page"):
        canonical.check_page(cost, alias)


def test_two_pages_do_not_name_each_other(home, cost, other):
    between = ContentPageFactory(parent=home, slug="between", canonical_page=cost)
    other.canonical_page = between
    other.save()

    with pytest.raises(ValidationError, match="leads back"):
        canonical.check_page(cost, between)
    with pytest.raises(ValidationError, match="“Other” leads back"):
        canonical.check_page(cost, other)
    canonical.check_page(between, cost)


def test_a_circle_of_before_is_not_followed_for_ever(home, cost, other):
    for one, next_one in ((cost, other), (other, cost)):
        one.canonical_page = next_one
        one.save()

    canonical.check_page(ContentPageFactory(parent=home), cost)


def test_a_typed_address_that_no_database_can_look_up_stays(cost):
    """In the migration that turns typed addresses into chosen pages."""
    address = "http://localhost/%00/"
    ContentPage.objects.update(canonical_url=address)

    chosen_canonical_pages(ContentPage.objects, Site.objects, Page)

    cost.refresh_from_db()
    assert (cost.canonical_page, cost.canonical_url) == (None, address)


class TestForm:
    @pytest.fixture
    def article(self, home):
        index = ArticleIndexPageFactory(parent=home)
        return ArticlePageFactory(parent=index, title="Posted", slug="posted")

    def post(self, client, article, **fields):
        response = client.post(edit_url(article), posted(level="2", **fields))
        article.refresh_from_db()
        return response, article.get_latest_revision_as_object()

    def test_says_what_is_wrong_at_the_field_and_keeps_what_was_typed(
        self, log_in, article
    ):
        client = log_in(None)
        typed = "https://localhost/nothing/"

        response, _ = self.post(client, article, canonical_url=typed)

        form = response.context["form"]
        assert form.errors["canonical_url"] == ["There is no page at this address."]
        assert typed in response.content.decode()

    def test_stores_a_page_for_an_address_of_ours(self, log_in, article, other):
        _, draft = self.post(
            log_in(None), article, canonical_url="https://www.localhost/other"
        )

        assert (draft.canonical_page_id, draft.canonical_url) == (other.pk, "")

    def test_takes_one_of_the_two(self, log_in, article, other):
        response, _ = self.post(
            log_in(None),
            article,
            canonical_page=other.pk,
            canonical_url="https://elsewhere.example/",
        )

        assert "one of the two" in response.context["form"].errors["canonical_url"][0]

    def test_does_not_ask_again_about_what_was_stored(self, log_in, article):
        gone = "http://localhost/gone/"
        type(article).objects.filter(pk=article.pk).update(canonical_url=gone)
        article.refresh_from_db()

        _, draft = self.post(log_in(None), article, canonical_url=gone, title="New")

        assert (draft.title, draft.canonical_url) == ("New", gone)

    def test_asks_for_the_day_that_was_chosen(self, log_in, article):
        response, _ = self.post(log_in(None), article, robots_unavailable="after")
        assert "robots_unavailable_after" in response.context["form"].errors

        response, _ = self.post(
            log_in(None), article, robots_unavailable_after="2026-01-01"
        )
        assert "robots_unavailable" in response.context["form"].errors

    def test_names_the_page_that_a_choice_comes_from(self, log_in, article):
        index = article.get_parent().specific
        index.title, index.robots_index, index.robots_max_snippet = "Trials", "no", 80
        index.save()

        html = log_in(None).get(edit_url(article)).content.decode()

        assert "inherit: no, from “Trials”" in html
        assert "Inherit: 80, from “Trials”." in html
        assert "leave the page out: “no” is chosen on “Trials”." in html


def test_the_settings_of_two_sites_stay_apart(home, root, cost):
    from tests.helpers.factories import HomePageFactory

    second = HomePageFactory(parent=root, slug="second")
    Site.objects.create(hostname="second.example", port=443, root_page=second)
    there = ContentPageFactory(parent=second, slug="cost-é")

    target, typed = canonical.checked(cost, "https://second.example/cost-é/")

    assert (target.pk, typed) == (there.pk, "")
