"""An alias is as private as its source, and as what somebody sets on it."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from core.querysets import all_pages, shown_pages
from delivery.once import scope
from seo.crawling.asking import answer
from seo.social_pictures.making import shown_page
from testimonials.models.pages import TestimonialPage
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

SECRET = "Zebrafinch"


@pytest.fixture
def article(home):
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(parent=index, title=SECRET)


@pytest.fixture
def elsewhere(home):
    return ArticleIndexPageFactory(parent=home, title="Elsewhere", slug="elsewhere")


@pytest.fixture
def alias(article, elsewhere):
    return article.create_alias(parent=elsewhere)


@pytest.fixture
def section(home):
    return ContentPageFactory(parent=home, title="Section")


def make_private(page):
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def asks(client, page):
    return client.get(page.url).status_code == 302


def marked_private(page):
    """Return the pages that begin to be private, when ``page`` is made so."""
    make_private(page)
    return {each.pk for each in all_pages().marked_private()}


class TestSetOnTheAlias:
    def test_holds_as_the_editor_is_told(self, client, log_in, article, alias):
        log_in("Moderators")
        url = reverse("wagtailadmin_pages:set_privacy", args=[alias.pk])
        told = client.post(url, {"restriction_type": "login"}).json()
        client.logout()

        assert told["is_public"] is False
        assert asks(client, alias)
        assert not asks(client, article)

    def test_is_taken_back_where_it_was_set(self, client, log_in, alias):
        make_private(alias)
        log_in("Moderators")
        url = reverse("wagtailadmin_pages:set_privacy", args=[alias.pk])

        assert 'value="login"' in client.get(url).json()["html"]
        client.post(url, {"restriction_type": "none"})
        client.logout()

        assert not asks(client, alias)

    def test_holds_where_it_was_copied_from_the_source(
        self, client, article, elsewhere
    ):
        restriction = make_private(article)
        alias = article.create_alias(parent=elsewhere)
        restriction.delete()

        assert not asks(client, article)
        assert asks(client, alias)

    def test_holds_beneath_it(self, client, home, section):
        alias = section.create_alias(parent=home, update_slug="again")
        beneath = ContentPageFactory(parent=alias)
        make_private(alias)

        assert asks(client, beneath)
        assert not shown_pages().filter(pk=beneath.pk).exists()


class TestOfAPrivatePage:
    def test_is_named_on_no_public_address(
        self, client, home, article, elsewhere, alias
    ):
        addresses = [
            elsewhere.url,
            ContentPageFactory(
                parent=home,
                body=[("page_cards", {"heading": "", "pages": [alias]})],
            ).url,
            f"/report/?page={alias.pk}",
        ]
        before = [client.get(url).content.decode() for url in addresses]
        make_private(article)
        after = [client.get(url).content.decode() for url in addresses]

        assert [SECRET in html for html in before] == [True] * 3
        assert [SECRET in html for html in after] == [False] * 3
        assert asks(client, alias)
        assert shown_page(alias.pk) is None

    def test_crawlers_are_told_what_asks(self, article, alias):
        make_private(article)

        assert answer(alias).password.pk == alias.pk

    def test_neither_is_what_stands_beneath_it(self, client, home, section):
        ContentPageFactory(parent=section, slug="beneath")
        alias = section.create_alias(recursive=True, parent=home, update_slug="again")
        (beneath,) = alias.get_children()
        make_private(section)

        assert asks(client, beneath)
        assert not shown_pages().filter(path__startswith=alias.path).exists()

    def test_neither_is_an_alias_of_it(self, client, article, alias, home):
        third = ArticleIndexPageFactory(parent=home, slug="third")
        again = alias.create_alias(parent=third)

        assert marked_private(article) == {article.pk, alias.pk, again.pk}
        assert asks(client, again)

    def test_others_are_as_before(self, client, article, alias, section):
        assert marked_private(section) == {section.pk}
        assert not asks(client, alias)
        assert shown_pages().filter(pk=alias.pk).exists()

    def test_nobody_is_named_by_a_story(self, client, home):
        subject = SubjectFactory(name="Rosalind Quill")
        story = TestimonialPageFactory(
            parent=TestimonialIndexPageFactory(parent=home), subject=subject
        )
        other = TestimonialIndexPageFactory(parent=home, slug="more")
        alias = story.create_alias(parent=other)
        assert alias.url in client.get(other.url).content.decode()

        make_private(story)

        html = client.get(other.url).content.decode()
        assert alias.url not in html
        assert subject.name not in html
        assert TestimonialPage.objects.as_shown(alias) is None


def test_whether_any_page_is_private_is_asked_once(
    article, alias, section, django_assert_num_queries
):
    make_private(section)
    with scope(None):
        assert not article.get_view_restrictions()
        with django_assert_num_queries(0):
            assert not alias.get_view_restrictions()
