"""Articles that were published elsewhere first, and people without a profile."""

import json
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.publishing import gate
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)
from tests.helpers.page_form import edit_url, posted

ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def ada(home):
    return PersonPageFactory(parent=PeopleIndexPageFactory(parent=home), title="Ada")


def contribute(page, **fields):
    page.contributions = [Contribution(**fields)]
    page.save()
    return page


def graph(client, page):
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    nodes = json.loads(soup.find("script", type="application/ld+json").string)
    return {node["@type"]: node for node in nodes["@graph"]}, soup


def feed(client, kind):
    return ET.fromstring(client.get(f"/feeds/articles.{kind}").content)  # noqa: S314


class TestFirstPublishedElsewhere:
    @pytest.fixture
    def moved(self, index, ada):
        page = ArticlePageFactory(
            parent=index, title="Moved", first_published_on=date(2019, 5, 6)
        )
        return contribute(page, person=ada)

    def test_readers_and_search_engines_get_that_day(self, client, moved):
        nodes, soup = graph(client, moved)

        assert soup.select_one(".page-history time")["datetime"] == "2019-05-06"
        assert nodes["Article"]["datePublished"].startswith("2019-05-06T00:00")
        # Moving it changed nothing that it says.
        assert nodes["Article"]["dateModified"].startswith("2019-05-06T00:00")

    @pytest.mark.parametrize(
        ("kind", "path", "begins"),
        [
            ("rss", "channel/item/pubDate", "Mon, 06 May 2019 00:00"),
            ("atom", f"{ATOM}entry/{ATOM}published", "2019-05-06T00:00"),
        ],
    )
    def test_feeds_say_that_day(self, client, moved, kind, path, begins):
        assert feed(client, kind).findtext(path).startswith(begins)

    def test_lists_are_in_its_order(self, index, moved):
        ArticlePageFactory(parent=index, title="New")
        ArticlePageFactory(
            parent=index, title="Old", first_published_on=date(2012, 1, 1)
        )

        titles = [page.title for page in index.listed()]

        assert titles == ["New", "Moved", "Old"]

    def test_what_happened_since_is_an_update(self, client, moved):
        moved.updated_at = timezone.now()
        moved.save()

        nodes, _ = graph(client, moved)

        assert nodes["Article"]["dateModified"] > nodes["Article"]["datePublished"]

    def test_a_day_to_come_is_refused_at_the_field(self, log_in, index):
        page = ArticlePageFactory(parent=index, live=False)
        tomorrow = timezone.localdate() + timedelta(days=1)

        response = log_in(None).post(
            edit_url(page),
            posted(
                level="2", first_published_on=str(tomorrow), **{"action-publish": 1}
            ),
        )

        errors = response.context["form"].errors
        assert list(errors) == ["first_published_on"]
        assert not ArticlePage.objects.get(pk=page.pk).live

    def test_a_day_to_come_is_refused_at_other_doors(self, index):
        tomorrow = timezone.localdate() + timedelta(days=1)
        page = ArticlePageFactory(parent=index, live=False)
        page.first_published_on = tomorrow

        with pytest.raises(ValidationError, match="cannot be in the future"):
            page.save_revision().publish()


class TestWithoutProfile:
    @pytest.fixture
    def article(self, index):
        page = ArticlePageFactory(parent=index)
        return contribute(
            page, name="Grace <Hopper>", affiliation="Yale", relation="paid"
        )

    def test_is_named_beneath_the_title(self, client, article):
        _, soup = graph(client, article)
        byline = " ".join(soup.select_one(".byline").text.split())

        assert byline.startswith("Grace <Hopper> Author, Yale")
        assert "Grace <Hopper> is paid for this contribution." in byline
        assert not soup.select_one(".byline a")
        assert not soup.select_one(".about-authors")

    def test_is_a_person_without_an_address(self, client, article):
        nodes, soup = graph(client, article)

        [author] = nodes["Article"]["author"]
        assert author["name"] == "Grace <Hopper>"
        assert author["worksFor"]["name"] == "Yale"
        assert "url" not in author
        assert "@id" not in author
        assert soup.find("meta", attrs={"name": "citation_author"})["content"]

    def test_is_named_on_cards_and_in_feeds(self, client, article):
        html = client.get(article.get_parent().url).content.decode()

        assert "Grace &lt;Hopper&gt;" in html
        assert feed(client, "rss").findtext(f"channel/item/{CREATOR}") == (
            "Grace <Hopper>"
        )

    @pytest.mark.parametrize("role", Contribution.Role)
    def test_may_have_every_role(self, client, article, role):
        article.contributions.update(role=role)

        assert client.get(article.url).status_code == 200

    def test_nobody_goes_live_without_a_name(self, index):
        page = ArticlePageFactory(parent=index, live=False)
        page.contributions = [Contribution(name=" ")]

        [problem] = gate.publishing_problems(page)

        assert (problem.code, problem.level) == ("unclear-contributor", "block")
        assert "Contributor 1 has no name" in problem.sentence

    def test_nobody_goes_live_with_two_names(self, index, ada):
        page = ArticlePageFactory(parent=index, live=False)
        page.contributions = [Contribution(person=ada, name="Ada L.")]

        [problem] = gate.publishing_problems(page)

        assert "a typed name as well" in problem.sentence

    def test_drafts_may_be_incomplete(self, log_in, index):
        page = ArticlePageFactory(parent=index, live=False)
        page.contributions = [Contribution()]

        page.save_revision()

        assert log_in(None).get(edit_url(page)).status_code == 200
