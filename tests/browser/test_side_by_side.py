"""The published page and its draft are scrolled together while they are compared."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS
from tests.helpers.factories import ArticlePageFactory

LONG = ("paragraph", "<p>" + "It helped once, and nobody knows why. " * 60 + "</p>")
MORE = ("paragraph", "<p>" + "More than readers know. " * 400 + "</p>")
TOP = "() => document.scrollingElement.scrollTop"
SCROLL = "top => document.scrollingElement.scrollTo({top, behavior: 'instant'})"
LEVEL = "id => document.getElementById(id).getBoundingClientRect().top"
AT_THE_END = """() => {
  const root = document.scrollingElement;
  const end = root.scrollHeight - root.clientHeight;
  return end > 0 && root.scrollTop > end - 5;
}"""
HEADING = "the-trial"


def heading(text: str, anchor: str) -> tuple[str, Any]:
    return "heading", {"text": text, "level": "2", "anchor": anchor}


@pytest.fixture
def compared(demonstration: str, staff: Callable[[str], Page]) -> Any:
    """The window, and the frames of an article and of its draft, which says more."""
    told = [LONG, heading("The trial", HEADING), LONG, heading("Later", "later"), LONG]
    article = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(), slug=None, is_medical=False, body=told
    )
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.body = [MORE, *told]
    draft.save_revision()
    window = staff(EDITORS)
    window.goto(demonstration + reverse("live_and_draft", args=[article.pk]))
    expect(window.get_by_label("Scroll both together")).to_be_checked()
    window.wait_for_load_state("load")
    frames = [
        window.query_selector(f'iframe[title="{title}"]').content_frame()
        for title in ("The published page", "The draft")
    ]
    yield window, *frames
    article.delete()


def test_a_heading_stays_level_whichever_is_scrolled(compared: Any) -> None:
    _window, live, draft = compared
    for one, other in ((live, draft), (draft, live)):
        one.evaluate(SCROLL, 0)
        one.evaluate(SCROLL, one.evaluate(LEVEL, HEADING) + one.evaluate(TOP))
        other.wait_for_function(f"id => Math.abs(({LEVEL})(id)) < 5", arg=HEADING)
    assert draft.evaluate(TOP) > live.evaluate(TOP) + 500


def test_each_can_be_scrolled_by_itself(compared: Any) -> None:
    window, live, draft = compared
    window.get_by_label("Scroll both together").uncheck()

    draft.evaluate(SCROLL, 900)
    draft.wait_for_function("() => document.scrollingElement.scrollTop === 900")

    assert live.evaluate(TOP) == 0


def test_the_keyboard_scrolls_the_frame_that_has_the_focus(compared: Any) -> None:
    window, live, draft = compared
    window.query_selector('iframe[title="The draft"]').focus()

    window.keyboard.press("End")

    for frame in (draft, live):
        frame.wait_for_function(AT_THE_END)
