"""Colleagues comment on what is being written, and no word of it is lost."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Comment

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS, MODERATORS
from tests.browser.editor import Editor
from tests.helpers.factories import ArticlePageFactory

PARAGRAPH = ("paragraph", "<p>It helped.</p>")


@pytest.fixture
def article(demonstration: str, request: pytest.FixtureRequest) -> ArticlePage:
    article: Any = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(),
        title=f"Commented {request.node.originalname[-40:]}",
        slug=None,
        live=False,
        body=[PARAGRAPH],
    )
    article.save_revision()
    return article


def text(article: ArticlePage) -> str:
    page = ArticlePage.objects.get(pk=article.pk)
    return str(page.get_latest_revision_as_object().body[0].value)


def comment_on_the_text(editor: Editor, words: str) -> Locator:
    """Comment on the first word of the first block, and return its text field."""
    area: Locator = editor.blocks.first.locator("[contenteditable=true]")
    area.click()
    editor.page.keyboard.press("Control+Home")
    editor.page.keyboard.press("Control+Shift+ArrowRight")
    editor.page.keyboard.press("Control+Alt+m")
    box = editor.page.get_by_role("textbox", name="Comment")
    send = editor.page.get_by_role("button", name="Comment", exact=True)
    # Wagtail draws the box anew while it slides in, and forgets what was typed before.
    for _attempt in range(3):
        box.fill(words)
        with suppress(AssertionError):
            expect(send).to_be_enabled(timeout=10_000)
            break
    send.click()
    expect(box).to_be_hidden()
    return area


def test_a_comment_on_words_reaches_a_colleague_and_stays_out_of_the_text(
    staff: Callable[[str], Page], article: ArticlePage
) -> None:
    editor = Editor(staff(EDITORS))
    editor.open(article)
    area = comment_on_the_text(editor, "Whom?")
    area.click()
    editor.page.keyboard.press("Control+End")
    editor.page.keyboard.type(" So they say.")
    editor.page.keyboard.press("Control+s")
    editor.expect_message(re.compile("has been updated"))

    comment = Comment.objects.get(page_id=article.pk)
    assert comment.text == "Whom?"
    assert "It helped. So they say." in text(article)

    moderator = Editor(staff(MODERATORS))
    moderator.open(article)
    expect(moderator.page.locator("#comments")).to_contain_text("Whom?")


def test_opening_a_page_with_comments_stores_nothing(
    staff: Callable[[str], Page], article: ArticlePage
) -> None:
    editor = Editor(staff(EDITORS))
    Comment.objects.create(
        page_id=article.pk,
        user=editor.page.user,  # type: ignore[attr-defined]
        text="Whom?",
        contentpath=f"body.{article.body[0].id}",
        position="[]",
    )
    editor.open(article)
    editor.page.wait_for_timeout(4000)

    assert article.revisions.count() == 1
