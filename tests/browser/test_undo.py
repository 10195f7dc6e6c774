"""What was deleted in the editor comes back, and is found in the page's history."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS
from tests.browser.editor import Editor
from tests.helpers.factories import ArticlePageFactory

HEADING = ("heading", {"text": "The trial", "level": "2", "anchor": "the-trial"})
PARAGRAPH = ("paragraph", "<p>It helped <b>once</b>.</p>")
ITEMS = ("list", {"kind": "bullets", "items": ["<p>One.</p>", "<p>Two.</p>"]})
QUESTIONS = ("questions", {"items": [{"question": "Why?", "answer": "<p>So.</p>"}]})


@pytest.fixture
def editor(staff: Callable[[str], Page]) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def draft(demonstration: str, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """``draft(blocks)`` stores an article that nobody has published yet."""

    def make(*blocks: tuple[str, Any]) -> ArticlePage:
        article = ArticlePageFactory(
            parent=ArticleIndexPage.objects.get(),
            title=request.node.originalname.replace("_", " "),
            slug=None,
            live=False,
            body=[{"type": kind, "value": value} for kind, value in blocks],
        )
        article.save_revision()
        return article

    return make


def body(article: ArticlePage) -> list[Any]:
    latest = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    # The editor numbers the paragraphs of rich text.
    return json.loads(
        re.sub(r' data-block-key=\\"\w+\\"', "", json.dumps([*latest.body.raw_data]))
    )


def delete(place: Locator) -> None:
    place.get_by_role("button", name="Delete").first.click()


def test_a_block_deleted_and_stored_so_comes_back_as_it_was(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    page, article = editor.page, draft(HEADING, PARAGRAPH, ITEMS, QUESTIONS)
    before = body(article)
    editor.open(article)
    for number in range(len(before)):
        block = editor.blocks.nth(number)
        with editor.stores():
            delete(block)
        assert len(body(article)) == len(before) - 1
        undo = page.get_by_role("button", name="Undo")
        expect(undo).to_be_focused()
        expect(page.locator("#undo-status")).to_contain_text(
            re.compile("“(Heading|Paragraph|List|Questions and answers)” was deleted")
        )
        with editor.stores():
            page.keyboard.press("Enter")
        expect(page.locator("#undo-status")).to_contain_text("is back")
        expect(undo).to_have_count(0)
        assert body(article) == before


def test_two_blocks_and_an_item_come_back_where_they_were(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    page, article = editor.page, draft(HEADING, PARAGRAPH, ITEMS)
    before = body(article)
    editor.open(article)
    delete(editor.blocks.nth(2).locator("[data-streamfield-child]").first)
    delete(editor.blocks.nth(0))
    delete(editor.blocks.nth(0))
    for _times in range(3):
        page.get_by_role("button", name="Undo").last.click()
    editor.save()

    assert body(article) == before


def test_a_contributor_comes_back_after_being_deleted_and_stored_so(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    page, article = editor.page, draft(PARAGRAPH)
    editor.open(article)
    people = page.locator("#panel-child-content-contributors-section")
    with editor.stores():  # a draft may have one without a name
        people.get_by_role("button", name="Add Contributor").click()
    with editor.stores():
        editor.choose(people, "Dr Henrik Sandvold")
    with editor.stores():
        delete(people.locator("[data-inline-panel-child]").first)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    with editor.stores():
        page.keyboard.press("Enter")

    latest = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert [str(c.person) for c in latest.contributors] == ["Dr Henrik Sandvold"]
    expect(people.get_by_role("button", name="Delete")).to_be_visible()
