"""Text from word processors is pasted into the page editor."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS
from tests.browser.editor import Editor
from tests.helpers.factories import ArticlePageFactory

CLIPBOARD = Path(__file__).parents[1] / "data" / "clipboard"
# As a browser hands over what another program has copied; its own way to write on the
# clipboard leaves out what Word writes.
PASTE = """(area, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "bare words");
  area.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  }));
}"""


@pytest.fixture
def editor(staff: Callable[[str], Page]) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def draft(demonstration: str, request: pytest.FixtureRequest) -> Callable[..., Any]:
    def make(*blocks: tuple[str, Any]) -> ArticlePage:
        article = ArticlePageFactory(
            parent=ArticleIndexPage.objects.get(),
            title=f"Pasted {request.node.originalname[-40:]}",
            slug=None,
            live=False,
            body=[{"type": kind, "value": value} for kind, value in blocks],
        )
        article.save_revision()
        return article

    return make


def latest(article: ArticlePage) -> Any:
    return ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()


def kinds(article: ArticlePage) -> list[str]:
    return [block.block_type for block in latest(article).body]


def paste(editor: Editor, name: str, block: int = 0) -> None:
    area = editor.blocks.nth(block).locator("[contenteditable=true]").first
    area.click()
    area.evaluate(PASTE, (CLIPBOARD / name).read_text())


@pytest.mark.parametrize("name", ["word.html", "google-docs.html"])
def test_a_document_becomes_blocks_and_one_key_takes_it_back(
    editor: Editor, draft: Callable[..., Any], name: str
) -> None:
    article = draft(("paragraph", "<p>It helped.</p>"))
    editor.open(article)
    with editor.stores():
        paste(editor, name)
        told = editor.page.locator("[data-paste-notice]")
        expect(told.get_by_role("status")).to_contain_text("Pasted as")
    expect(told).to_contain_text("A hall with rails")
    expect(told).to_contain_text("Pictures do not come along")
    stored = kinds(article)
    assert stored[0] == "paragraph"
    assert {"heading", "comparison"} <= set(stored)

    with editor.stores():
        editor.page.keyboard.press("Control+z")
        expect(editor.blocks).to_have_count(1)
    expect(told).to_have_count(0)
    assert kinds(article) == ["paragraph"]
    assert "It helped." in str(latest(article).body[0].value)


def test_an_empty_paragraph_makes_room_and_the_button_brings_it_back(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    editor.open(draft(("paragraph", "<p>Above.</p>"), ("paragraph", "")))
    paste(editor, "word.html", 1)
    button = editor.page.get_by_role("button", name="Undo pasting")
    expect(button).to_be_visible()
    expect(editor.blocks.nth(1)).to_contain_text("Heading")

    button.click()
    expect(editor.blocks).to_have_count(2)
    expect(editor.blocks.nth(1)).to_contain_text("Paragraph")


def test_where_there_are_no_blocks_it_becomes_text(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    answer = {"question": "What now?", "answer": "<p>Go home.</p>"}
    article = draft(("questions", {"title": "", "items": [answer]}))
    editor.open(article)
    with editor.stores():
        paste(editor, "google-docs.html")
        told = editor.page.locator("[data-paste-notice]")
        expect(told).to_contain_text("They have become paragraphs")

    text = str(latest(article).body[0].value["items"][0]["answer"])
    assert "The first week" in text
    assert "<b>never twice</b>" in text
    assert "Dose · When" in text

    with editor.stores():
        editor.page.keyboard.press("Control+z")
    assert "The first week" not in str(latest(article).body[0].value)


def test_words_alone_are_pasted_as_ever(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    article = draft(("paragraph", "<p>It helped.</p>"))
    editor.open(article)
    area = editor.blocks.first.locator("[contenteditable=true]")
    area.click()
    editor.page.keyboard.press("Control+End")
    with editor.stores():
        area.evaluate(PASTE, "<p>They <b>said</b> so.</p>")
        expect(area).to_contain_text("They said so.")
    expect(editor.page.locator("[data-paste-notice]")).to_have_count(0)


def test_what_the_server_refuses_is_pasted_as_bare_words(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    editor.open(draft(("paragraph", "<p>It helped.</p>")))
    area = editor.blocks.first.locator("[contenteditable=true]")
    area.click()
    area.evaluate(PASTE, "<h2>Deep</h2>" + "<div>" * 400 + "deep")

    told = editor.page.locator("[data-paste-notice]")
    expect(told).to_contain_text("Only the bare words")
    expect(told).to_contain_text("Make it flatter")
    expect(area).to_contain_text("bare words")


def test_on_no_text_it_goes_to_the_end(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    editor.open(draft(("paragraph", "<p>It helped.</p>")))
    editor.page.locator("body").evaluate(PASTE, "<h2>Then</h2><p>It ended.</p>")

    expect(editor.blocks).to_have_count(3)
    expect(editor.blocks.nth(1)).to_contain_text("Heading")
