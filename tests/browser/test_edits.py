"""The editor stores what was edited, all of it, and nothing else."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.fields import StreamField
from wagtail.models import Page as WagtailPage
from wagtail.models import Revision, get_page_models

from articles.blocks import ArticleBodyBlock
from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from core.models.base_page import BasePage
from home.roles import EDITORS, MODERATORS
from tests.browser.editor import Editor
from tests.helpers.factories import ArticlePageFactory

Staff = Callable[[str], Page]

# Wagtail looks half a second after the last edit, and waits for half a second more.
QUIET = 4000
PARAGRAPH = ("paragraph", "<p>It helped.</p>")
HEADING = ("heading", {"text": "The trial", "level": "2", "anchor": "the-trial"})


@pytest.fixture
def editor(staff: Staff) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def draft(demonstration: str, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """``draft(blocks)`` stores an article that nobody has published yet."""

    def make(*blocks: tuple[str, Any]) -> ArticlePage:
        article = ArticlePageFactory(
            parent=ArticleIndexPage.objects.get(),
            title=re.sub(r"\W+", " ", request.node.name),
            live=False,
            body=[{"type": kind, "value": value} for kind, value in blocks],
        )
        article.save_revision()
        return article

    return make


def latest(article: ArticlePage) -> Any:
    return ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()


def text(article: ArticlePage, position: int = 0) -> str:
    return str(latest(article).body[position].value)


# --- Nothing was edited ---------------------------------------------------------------


def kinds_of(page: BasePage) -> set[str]:
    """Return the type of a page and of the blocks on it."""
    kinds = {type(page).__name__}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            kinds |= {child.block_type for child in getattr(page, field.name)}
    return kinds


def pages_with_everything() -> Iterator[BasePage]:
    """Yield a page of each type, and more until each kind of block has been there."""
    seen: set[str] = set()
    pages = list(WagtailPage.objects.filter(depth__gt=1).specific())
    # Those with most come first, so that few are opened.
    for page in sorted(pages, key=lambda page: len(kinds_of(page)), reverse=True):
        if kinds_of(page) - seen:
            seen |= kinds_of(page)
            yield page
    missing = set(ArticleBodyBlock().child_blocks) - seen
    missing |= {m.__name__ for m in get_page_models() if m is not WagtailPage} - seen
    assert not missing, "the demonstration shows none of these"


def test_opening_pages_of_every_type_with_every_block_stores_nothing(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    # Sites have it once a host is named, which the demonstration does not do.
    draft(("outside_video", {"address": "https://vimeo.com/123456789", "title": "V"}))
    before = Revision.objects.count()
    posts: list[str] = []
    tabs = []
    for article in pages_with_everything():
        tab = Editor(editor.page.context.new_page())
        tab.page.on("request", lambda r: r.method == "POST" and posts.append(r.url))
        tab.open(article)
        tabs.append(tab)
    tabs[-1].page.wait_for_timeout(QUIET)

    assert [url for url in posts if url.endswith("/edit/")] == []
    assert Revision.objects.count() == before


def test_looking_around_in_a_page_as_soon_as_it_is_open_stores_nothing(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    page, article = editor.page, draft(PARAGRAPH, HEADING)
    page.goto(f"/admin/pages/{article.pk}/edit/", wait_until="commit")
    page.locator("#panel-child-content-body-section").wait_for()
    page.mouse.click(1400, 600)
    page.keyboard.press("Tab")
    page.get_by_role("tab", name="Promote").click()
    page.get_by_role("tab", name="Content").click()
    editor.blocks.first.locator("[contenteditable=true]").click()
    page.keyboard.press("ArrowRight")
    editor.settle()
    page.wait_for_timeout(QUIET)

    assert article.revisions.count() == 1


# --- What no event tells --------------------------------------------------------------


def break_the_line(editor: Editor) -> None:
    editor.blocks.first.locator("[contenteditable=true]").click()
    editor.page.keyboard.press("Enter")


def delete_a_letter(editor: Editor) -> None:
    editor.blocks.first.locator("[contenteditable=true]").click()
    editor.page.keyboard.press("End")
    editor.page.keyboard.press("Backspace")


def duplicate(editor: Editor) -> None:
    editor.blocks.first.get_by_role("button", name="Duplicate").first.click()


def move(editor: Editor) -> None:
    editor.blocks.first.get_by_role("button", name="Move down").first.click()


def delete(editor: Editor) -> None:
    editor.blocks.last.get_by_role("button", name="Delete").first.click()


def add_somebody(editor: Editor) -> None:
    people = editor.page.locator("#panel-child-content-contributors-section")
    people.get_by_role("button", name="Add Contributor").click()
    editor.choose(people, "Dr Henrik Sandvold")


def choose(editor: Editor) -> None:
    editor.choose(editor.page.locator("#panel-child-content-topic-section"), "Multiple")


@pytest.mark.parametrize(
    "act",
    [break_the_line, delete_a_letter, duplicate, move, delete, add_somebody, choose],
    ids=lambda act: act.__name__,
)
def test_an_edit_that_no_event_tells_is_stored(
    editor: Editor, draft: Callable[..., Any], act: Callable[[Editor], None]
) -> None:
    page, article = editor.page, draft(PARAGRAPH, HEADING)
    # Long before Wagtail looks for edits, which is what such an edit must outlast.
    page.goto(f"/admin/pages/{article.pk}/edit/", wait_until="load")
    expect(editor.blocks.first.locator("[contenteditable=true]")).to_be_visible()
    with editor.stores():
        act(editor)
    page.wait_for_timeout(QUIET)

    assert article.revisions.count() == 2


# --- To the last word -----------------------------------------------------------------


def write(editor: Editor, words: str) -> None:
    """Type at the end of the first block, and look at nothing."""
    editor.blocks.first.locator("[contenteditable=true]").click()
    editor.page.keyboard.press("Control+End")
    editor.page.keyboard.type(words)


@pytest.mark.parametrize("pause", [0, 50, 100, 200, 400, 1000, 2000])
def test_saving_some_milliseconds_after_the_last_key_stores_every_word(
    editor: Editor, draft: Callable[..., Any], pause: int
) -> None:
    page, article = editor.page, draft(PARAGRAPH)
    editor.open(article)
    write(editor, " So they say")
    page.wait_for_timeout(1500)
    page.keyboard.type(", and nobody doubts it.")
    page.wait_for_timeout(pause)
    page.keyboard.press("Control+s")
    editor.expect_message("has been updated")

    assert "It helped. So they say, and nobody doubts it." in text(article)


@pytest.mark.parametrize("name", ["Save draft", "Publish", "Submit"])
def test_a_button_pressed_at_once_stores_every_word(
    staff: Staff, draft: Callable[..., Any], name: str
) -> None:
    editor = Editor(staff(EDITORS if name == "Submit" else MODERATORS))
    page, article = editor.page, draft(PARAGRAPH)
    editor.open(article)
    write(editor, " Then again.")
    if name == "Save draft":
        page.get_by_role("button", name=name).click()
    else:
        editor.act(re.compile(f"^{name}"))
    editor.expect_message(re.compile("has been|submitted"))

    assert "It helped. Then again." in text(article)


def test_the_preview_shows_the_last_word(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    editor.open(draft(PARAGRAPH))
    main = editor.open_preview()
    expect(main).to_contain_text("It helped.")
    write(editor, " Then again.")

    expect(main).to_contain_text("Then again.")


def test_leaving_at_once_asks_first_and_stores_what_stays(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    page, article = editor.page, draft(PARAGRAPH)
    editor.open(article)
    with editor.stored("Then again"):
        write(editor, " Then again.")
        with page.expect_event("dialog") as asked:
            page.close(run_before_unload=True)
        assert asked.value.type == "beforeunload"
        asked.value.dismiss()

    # Everything is stored by now: nobody is asked, or this would not leave.
    expect(page.get_by_text("Then again.")).to_be_visible()
    page.goto("/admin/")
    assert "It helped. Then again." in text(article)


def test_a_window_that_is_put_away_stores_at_once(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    page, article = editor.page, draft(PARAGRAPH)
    # Nothing is stored by itself here, but what the window does when it is put away.
    page.add_init_script("""
        addEventListener("w-unsaved:add", (event) => {
          if (!document.hidden) event.stopImmediatePropagation();
        }, true);
    """)
    editor.open(article)
    write(editor, " Then again.")
    with page.expect_response(lambda r: "Then again" in (r.request.post_data or "")):
        page.evaluate("""
            Object.defineProperty(document, "hidden", {value: true});
            document.dispatchEvent(new Event("visibilitychange"));
        """)

    assert "It helped. Then again." in text(article)
