"""Links in rich text lead to a heading of a page."""

import json

import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html
from wagtail.test.utils.form_data import streamfield

from articles.models.article_page import ArticlePage
from core.publishing.rules.heading_links import LinkToLostHeading
from core.text.heading_links import headings_of
from home.roles import ADMISSIONS, EDITORS
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import edit_url, posted

pytestmark = pytest.mark.one_database

HEADINGS = [
    ("heading", {"text": "The <trial>", "level": "2", "anchor": "the-trial"}),
    ("heading", {"text": "Who took part", "level": "3", "anchor": "who"}),
    ("heading", {"text": "No address yet", "level": "2", "anchor": ""}),
]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def target(index):
    return ArticlePageFactory(parent=index, slug="trial", body=HEADINGS)


def link(page, fragment):
    pk = getattr(page, "pk", page)
    return f'<a linktype="page" id="{pk}" fragment="{fragment}">see</a>'


def test_readers_get_there(client, index, target):
    text = f"<p>For more, {link(target, 'who')}.</p>"
    page = ArticlePageFactory(parent=index, body=[("paragraph", text)])

    html = client.get(page.url).content.decode()

    assert f'<a href="{target.url}#who">see</a>' in html


def test_so_they_do_in_texts_that_stand_alone(target):
    assert expand_db_html(link(target, "who")) == (
        f'<a href="{target.url}#who">see</a>'
    )


@pytest.mark.parametrize("fragment", ['"><script>', "a b", "", "x" * 81, "a#b"])
def test_what_is_no_address_of_a_heading_is_left_out(target, fragment):
    stored = link(target, escape(fragment))

    assert expand_db_html(stored) == f'<a href="{target.url}">see</a>'


def test_a_page_that_is_gone_is_no_link(index):
    assert expand_db_html(link(999_999, "who")) == '<a data-page="999999">see</a>'


def test_the_editor_keeps_it(target):
    converter = ContentstateConverter(["link"])
    stored = f"<p>For more, {link(target, 'who')}.</p>"

    state = converter.from_database_format(stored)
    [entity] = json.loads(state)["entityMap"].values()
    again = converter.to_database_format(state)

    assert entity["data"]["fragment"] == "who"
    assert entity["data"]["url"] == f"{target.url}#who"
    assert link(target, "who") in again


@pytest.mark.parametrize(
    "plain",
    ['<a href="https://x.example/">see</a>', '<a linktype="page" id="{pk}">see</a>'],
)
def test_other_links_are_as_they_were(target, plain):
    converter = ContentstateConverter(["link"])
    stored = plain.format(pk=target.pk)

    state = converter.from_database_format(f"<p>{stored}</p>")

    assert stored in converter.to_database_format(state)


class TestStep:
    def ask(self, client, page):
        return client.get(f"{reverse('wagtailadmin_choose_page')}{page.pk}/headings/")

    def test_offers_the_headings_that_have_an_address(self, log_in, target):
        answer = self.ask(log_in(EDITORS), target).json()

        assert answer["step"] == "headings"
        assert 'data-fragment="the-trial"' in answer["html"]
        assert "The &lt;trial&gt;" in answer["html"]
        assert 'data-fragment=""' in answer["html"]
        assert [h["anchor"] for h in headings_of(target)][:2] == ["the-trial", "who"]

    def test_is_none_where_there_are_no_headings(self, log_in, index):
        page = ArticlePageFactory(parent=index)

        assert self.ask(log_in(EDITORS), page).json() == {"step": "whole_page"}
        assert self.ask(log_in(EDITORS), index).json() == {"step": "whole_page"}

    def test_tells_nothing_to_those_who_see_no_pages(self, log_in, target):
        assert self.ask(log_in(ADMISSIONS), target).status_code == 404


class TestRule:
    def found(self, page):
        return [
            (p.field, p.position, p.level) for p in LinkToLostHeading().problems(page)
        ]

    def test_names_a_heading_that_is_gone(self, index, target):
        texts = [link(target, "who"), link(target, "gone"), link(999_999, "who")]
        page = ArticlePage(
            title="A", body=[("paragraph", f"<p>{text}</p>") for text in texts]
        )

        assert self.found(page) == [("body", 1, "warn")]

    def test_knows_the_headings_of_the_page_itself(self, target):
        target.body = [
            HEADINGS[0],
            ("paragraph", f"<p>{link(target, 'the-trial')}</p>"),
            ("paragraph", f"<p>{link(target, 'who')}</p>"),
        ]

        assert self.found(target) == [("body", 2, "warn")]

    def test_asks_nothing_where_no_link_leads_to_a_heading(
        self, target, django_assert_num_queries
    ):
        page = ArticlePage(
            title="A", body=[("paragraph", f"<p>{link(target, '')}</p>")]
        )

        with django_assert_num_queries(0):
            assert self.found(page) == []


def test_what_the_editor_posts_is_stored(log_in, index, target):
    page = ArticlePageFactory(parent=index, live=False)
    state = ContentstateConverter(["link"]).from_database_format(
        f"<p>{link(target, 'who')}</p>"
    )

    log_in(EDITORS).post(
        edit_url(page), posted(body=streamfield([("paragraph", state)]))
    )

    latest = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert link(target, "who") in latest.body[0].value.source
