"""An SEO specialist in the form of a page whose editor has a draft."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import SEO_SPECIALISTS
from tests.browser.editor import Editor
from tests.browser.test_autosave_messages import UNFOLD
from tests.helpers.factories import ArticlePageFactory

TITLE = "What the trial found"


@pytest.fixture
def article(demonstration: str) -> ArticlePage:
    """A published article, and a draft of other text."""
    article = ArticlePageFactory(parent=ArticleIndexPage.objects.get(), slug="beside")
    article.save_revision().publish()
    draft = article.get_latest_revision_as_object()
    draft.title = "Not approved yet"
    draft.save_revision()
    return article


def test_what_autosave_refuses_is_said_kept_and_published_by_the_button(
    staff: Callable[[str], Page], article: ArticlePage
) -> None:
    editor = Editor(staff(SEO_SPECIALISTS))
    page = editor.page
    editor.open(article)
    editor.expect_message("Somebody else is at work on this page")
    page.get_by_role("tab", name="Promote").click()
    field = page.locator("[name=seo_title]")
    field.evaluate(UNFOLD)
    versions = article.revisions.count()

    field.fill(TITLE)

    said = page.get_by_text("so nothing is saved by itself")
    expect(said.first).to_be_visible()
    assert article.revisions.count() == versions
    expect(field).to_have_value(TITLE)
    editor.act("Publish")
    editor.expect_message("is published. Its text is as it was.")
    now = ArticlePage.objects.get(pk=article.pk)
    assert (now.seo_title, now.title) == (TITLE, article.title)
    latest = now.get_latest_revision_as_object()
    assert (latest.seo_title, latest.title) == (TITLE, "Not approved yet")
