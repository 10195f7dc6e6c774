"""A schedule counts when it was saved, and not before."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import MODERATORS
from tests.browser.editor import Editor
from tests.helpers.factories import ArticlePageFactory


@pytest.fixture
def editor(staff: Callable[[str], Page]) -> Editor:
    return Editor(staff(MODERATORS))


@pytest.fixture
def article(demonstration: str) -> ArticlePage:
    article: Any = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(), title="Planned", slug=None, live=False
    )
    article.save_revision()
    return article


def latest(article: ArticlePage) -> Any:
    return ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()


def type_a_date(editor: Editor) -> None:
    page = editor.page
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name=re.compile("(Set|Edit) schedule")).first.click()
    page.locator("[name=go_live_at]").press_sequentially("2031-05-05 10:00")
    page.keyboard.press("Tab")


def test_a_date_that_was_typed_and_not_saved_is_stored_nowhere(
    editor: Editor, article: ArticlePage
) -> None:
    page = editor.page
    editor.open(article)
    type_a_date(editor)
    page.wait_for_timeout(3000)
    assert article.revisions.count() == 1

    with editor.stores():
        page.locator("[name=title]").evaluate(
            "(title) => { title.value = 'Planned anew'; }"
        )
    assert latest(article).title == "Planned anew"
    assert latest(article).go_live_at is None
    expect(page.locator("[name=go_live_at]")).to_have_value("2031-05-05 10:00")


def test_a_date_that_was_saved_is_stored_and_said_to_wait(
    editor: Editor, article: ArticlePage
) -> None:
    page = editor.page
    editor.open(article)
    type_a_date(editor)
    page.get_by_role("button", name="Save schedule").press("Enter")
    editor.expect_message("has been updated")

    assert latest(article).go_live_at.year == 2031
    expect(page.get_by_text("Nothing happens on this date yet")).to_be_attached()
    editor.settle()
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("button", name="Schedule to publish")).to_be_visible()
