"""What reference managers and Google Scholar read in the head of an article."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from seo.highwire import Citable, tags
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)

pytestmark = pytest.mark.one_database

DANGEROUS = '"><script>alert(1)</script>'


def citation(html):
    """Return the name and content of each citation tag, in order."""
    return [
        (tag["name"], tag["content"])
        for tag in BeautifulSoup(html, "html.parser").head.find_all("meta")
        if tag.get("name", "").startswith("citation_")
    ]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home, slug="articles")


@pytest.fixture
def people(home):
    parent = PeopleIndexPageFactory(parent=home, slug="people")
    names = ("Ada Berg", "Ben Cole", "Eve Dahl", "Max Reed")
    return [PersonPageFactory(parent=parent, title=name) for name in names]


@pytest.fixture
def article(index, people):
    ada, *_ = people
    return ArticlePageFactory(
        parent=index, title="On walking", slug="on-walking", contributors=[ada]
    )


class TestArticle:
    def test_says_what_a_citation_of_it_says(self, client, article):
        address = "http://localhost/articles/on-walking/"

        assert citation(client.get(article.url).content) == [
            ("citation_title", "On walking"),
            ("citation_author", "Ada Berg"),
            ("citation_publication_date", "2026/01/01"),
            ("citation_online_date", "2026/01/01"),
            ("citation_language", "en"),
            ("citation_publisher", "The clinic"),
            ("citation_public_url", address),
            ("citation_fulltext_html_url", address),
        ]

    def test_names_those_who_wrote_it_each_in_the_editor_s_order(
        self, client, index, people
    ):
        ada, ben, eve, rex = people
        page = ArticlePageFactory(parent=index)
        page.contributions = [
            Contribution(person=rex, role=Contribution.Role.CLINICAL),
            Contribution(person=eve, role=Contribution.Role.GUEST),
            Contribution(person=ada, role=Contribution.Role.AUTHOR),
            Contribution(person=ben, role=Contribution.Role.EDITOR),
        ]
        page.save()

        found = citation(client.get(page.url).content)

        authors = [content for name, content in found if name == "citation_author"]
        assert authors == ["Eve Dahl", "Ada Berg"]

    def test_carries_names_without_the_letters_after_them(
        self, client, article, people
    ):
        people[0].post_nominals = "MD, PhD"
        people[0].save()

        found = dict(citation(client.get(article.url).content))

        assert found["citation_author"] == "Ada Berg"

    def test_keeps_its_own_title_whatever_search_results_are_given(
        self, client, article
    ):
        article.seo_title = "Walk more"
        article.save()

        found = dict(citation(client.get(article.url).content))

        assert found["citation_title"] == "On walking"

    def test_escapes_what_editors_type(self, client, article, people):
        article.title = people[0].title = DANGEROUS
        article.save()
        people[0].save()

        html = client.get(article.url).content.decode()

        assert "<script>alert" not in html
        assert dict(citation(html))["citation_author"] == DANGEROUS

    def test_costs_no_query(self, client, article):
        client.get(article.url)
        with CaptureQueriesContext(connection) as with_author:
            client.get(article.url)
        ArticlePage.citable, kept = None, ArticlePage.citable
        try:
            with CaptureQueriesContext(connection) as without:
                client.get(article.url)
        finally:
            ArticlePage.citable = kept

        assert len(with_author) == len(without)


class TestNothingIsSaid:
    def test_of_an_article_that_nobody_is_named_for(self, client, index):
        page = ArticlePageFactory(parent=index)

        assert citation(client.get(page.url).content) == []

    def test_of_what_search_engines_are_to_leave_out(self, client, article):
        article.robots_index = "no"
        article.save()

        assert citation(client.get(article.url).content) == []

    def test_of_an_article_whose_original_is_elsewhere(self, client, article):
        article.canonical_url = "https://elsewhere.example/walking/"
        article.save()

        assert citation(client.get(article.url).content) == []

    def test_in_a_preview(self, article):
        assert citation(article.make_preview_request().content) == []

    def test_of_a_draft_that_an_editor_looks_at(self, client, article, admin_user):
        client.force_login(admin_user)
        article.save_revision()

        response = client.get(f"/admin/pages/{article.pk}/view_draft/")

        assert citation(response.content) == []

    def test_of_lists_and_other_pages(self, client, home, article, people):
        cost = ContentPageFactory(parent=home)

        for page in (
            home,
            cost,
            article.get_parent(),
            people[0],
            people[0].get_parent(),
        ):
            assert citation(client.get(page.url).content) == []

    def test_where_search_engines_are_told_of_no_page(self, client, home):
        assert citation(client.get("/nothing-here/").content) == []


def test_the_day_is_the_one_on_the_site_s_clocks(settings):
    settings.TIME_ZONE = "Europe/London"
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    found = dict(
        tags(Citable("T", ["A"], late), url="https://x.example", publisher="P")
    )

    assert found["citation_publication_date"] == "2026/07/01"


def test_the_organisation_s_name_is_the_one_in_its_settings(client, article):
    Site.objects.update(site_name="Marram Quay")
    cache.clear()

    found = dict(citation(client.get(article.url).content))

    assert found["citation_publisher"] == "Marram Quay"


def test_a_request_for_another_host_is_told_the_site_s_own_address(client, article):
    response = client.get(article.url, headers={"host": "testserver"})

    found = dict(citation(response.content))

    assert found["citation_public_url"] == "http://localhost/articles/on-walking/"
