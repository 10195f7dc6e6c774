"""An alias says what its original says: lists and search engines get the original."""

from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from wagtail.models import Page

from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)

MIGRATION = import_module("core.migrations.0025_aliases_of_originals")
pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def topic():
    return TopicFactory()


@pytest.fixture
def original(index, topic):
    return ArticlePageFactory(parent=index, title="Sleep", slug="sleep", topic=topic)


@pytest.fixture
def alias(original):
    return original.create_alias(update_slug="sleep-again")


def canonical(client, url):
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    return soup.find("link", rel="canonical")["href"]


def test_names_the_original_as_its_address(client, original, alias):
    assert canonical(client, alias.url) == original.full_url
    assert canonical(client, original.url) == original.full_url


def test_of_an_alias_names_the_original(client, home, original, alias):
    again = alias.create_alias(update_slug="sleep-still")
    section = alias.get_parent().specific.create_alias(
        recursive=True, parent=home, update_slug="mirrored"
    )

    for page in (again, *section.get_children()):
        assert canonical(client, page.url) == original.full_url


def test_of_an_alias_says_what_the_original_says_next(client, original, alias):
    again = alias.create_alias(update_slug="sleep-still")
    original.title = "Rest"
    original.save_revision().publish()

    assert "Rest" in client.get(again.url).content.decode()


def test_those_from_before_lead_to_the_original(original, alias):
    again, still = (
        original.create_alias(update_slug=slug) for slug in ("again", "still")
    )
    Page.objects.filter(pk=again.pk).update(alias_of=alias)
    Page.objects.filter(pk=still.pk).update(alias_of=again)

    MIGRATION.lead_to_originals(apps, None)

    assert {page.alias_of_id for page in Page.objects.exclude(alias_of=None)} == {
        original.pk
    }


def test_those_that_lead_in_a_circle_hold_nothing_up(original, alias):
    again = original.create_alias(update_slug="again")
    Page.objects.filter(pk=again.pk).update(alias_of=alias)
    Page.objects.filter(pk=alias.pk).update(alias_of=again)

    MIGRATION.lead_to_originals(apps, None)


def test_is_named_by_no_list_beside_it(client, home, index, topic, original, alias):
    hub = TopicPageFactory(parent=TopicIndexPageFactory(parent=home), topic=topic)
    for url in (
        "/sitemap.xml",
        "/feeds/articles.atom",
        "/search/?query=sleep",
        hub.url,
        index.url,
    ):
        html = client.get(url).content.decode()
        assert original.url in html, url
        assert alias.url not in html, url


def test_is_listed_where_the_original_is_not(client, home, original):
    other = ArticleIndexPageFactory(parent=home, title="Elsewhere")
    alias = original.create_alias(parent=other)

    assert alias.url in client.get(other.url).content.decode()


def test_does_not_lead_to_its_original_as_related(client, original, alias):
    assert alias.related_articles == []
    assert original.related_articles == []


def test_stands_for_itself_where_the_original_is_gone(client, original, alias):
    type(original).objects.filter(pk=original.pk).update(live=False)

    assert canonical(client, alias.url) == alias.full_url
    assert alias.url in client.get("/sitemap.xml").content.decode()
