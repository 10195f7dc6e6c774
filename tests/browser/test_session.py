"""What was typed survives the end of a session."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from core.models.topics import Topic
from home.roles import EDITORS
from tests.browser.editor import Editor
from tests.helpers.factories import ArticlePageFactory, TopicFactory, UserFactory

TYPED = " And nobody doubts it."


@pytest.fixture
def editor(staff: Callable[[str], Page]) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def article(demonstration: str, request: pytest.FixtureRequest) -> ArticlePage:
    article: Any = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(),
        title=f"Ended {request.node.originalname[-40:]}",
        slug=None,
        live=False,
        body=[("paragraph", "<p>It helped.</p>")],
    )
    article.save_revision()
    return article


def text(article: ArticlePage) -> str:
    page = ArticlePage.objects.get(pk=article.pk)
    return str(page.get_latest_revision_as_object().body[0].value)


def sign_in(editor: Editor, user: Any) -> None:
    """Sign in in the new window that the notice opens, and close it."""
    with editor.page.context.expect_page() as opened:
        editor.page.get_by_role("link", name="Sign in again").click()
    window = opened.value
    window.get_by_label("Username").fill(user.username)
    window.get_by_label("Password").fill("password")
    window.get_by_role("button", name="Sign in").click()
    expect(window.get_by_role("heading", level=1)).to_have_text(
        "You are signed in again"
    )
    window.close()
    editor.page.bring_to_front()
    editor.page.evaluate("window.dispatchEvent(new Event('focus'))")


@pytest.mark.parametrize("what", ["autosave", "Save draft"])
def test_typed_words_are_stored_after_signing_in_again(
    editor: Editor, article: ArticlePage, what: str
) -> None:
    page = editor.page
    editor.open(article)
    page.context.clear_cookies()
    editor.blocks.first.locator("[contenteditable=true]").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(TYPED)
    if what == "Save draft":
        page.get_by_role("button", name="Save draft").click()
    notice = page.locator(".session-notice")
    expect(notice).to_contain_text("Your session has ended")
    assert TYPED not in text(article)

    with editor.stores():
        sign_in(editor, page.user)  # type: ignore[attr-defined]
    expect(notice).to_have_count(0)
    assert TYPED in text(article)
    page.get_by_role("button", name="Save draft").click()
    editor.expect_message(re.compile("has been updated"))
    assert TYPED in text(article)


def test_somebody_else_s_session_stores_nothing(
    editor: Editor, article: ArticlePage
) -> None:
    page = editor.page
    editor.open(article)
    page.context.clear_cookies()
    editor.write(editor.blocks.first, TYPED)
    notice = page.locator(".session-notice")
    expect(notice).to_contain_text("Your session has ended")

    other = UserFactory(is_superuser=True)
    sign_in(editor, other)
    expect(notice).to_contain_text("Somebody else")
    assert not article.revisions.filter(user=other).exists()
    expect(editor.blocks.first).to_contain_text(TYPED.strip())


def test_a_form_without_autosave_keeps_what_was_typed(editor: Editor) -> None:
    page = editor.page
    topic = TopicFactory(name="Ended")
    viewset: Any = Topic.snippet_viewset  # type: ignore[attr-defined]
    page.goto(reverse(viewset.get_url_name("edit"), args=[topic.pk]))
    page.locator("[name=name]").fill("Begun")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".session-notice")).to_contain_text("Your session has ended")

    sign_in(editor, page.user)  # type: ignore[attr-defined]
    expect(page.locator(".session-notice")).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    editor.expect_message("updated")
    assert Topic.objects.get(pk=topic.pk).name == "Begun"


def test_a_site_that_is_away_is_asked_again(
    editor: Editor, article: ArticlePage
) -> None:
    page = editor.page
    editor.open(article)
    page.route(re.compile("/admin/"), lambda route: route.abort())
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".session-notice")).to_contain_text("cannot be reached")

    page.unroute_all()
    expect(page.locator(".session-notice")).to_have_count(0)
    page.get_by_role("button", name="Save draft").click()
    editor.expect_message(re.compile("has been updated"))
