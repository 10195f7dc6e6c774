"""Blocks are copied within a page and to another, with what was chosen in them."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from core.models.images import SiteImage
from evidence.models import Reference
from home.roles import EDITORS
from testimonials.models.pages import TestimonialPage
from tests.browser.editor import Editor
from tests.helpers.factories import ArticlePageFactory


@pytest.fixture
def editor(staff: Callable[[str], Page]) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def draft(demonstration: str, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """``draft(blocks)`` stores an article that nobody has published yet."""

    def make(*blocks: tuple[str, Any], title: str = "Copying") -> ArticlePage:
        article = ArticlePageFactory(
            parent=ArticleIndexPage.objects.get(),
            title=title,
            slug=None,
            live=False,
            body=[{"type": kind, "value": value} for kind, value in blocks],
        )
        article.save_revision()
        return article

    return make


def body(article: ArticlePage) -> list[Any]:
    """The blocks of the latest version: name and value, without ids of any kind."""
    latest = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    stored = json.dumps([*latest.body.raw_data])
    stored = re.sub(r' data-block-key=\\"\w+\\"', "", stored)
    return [(b["type"], _bare(b["value"])) for b in json.loads(stored)]


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {key: _bare(v) for key, v in value.items() if key != "id"}
    return value


def ids(article: ArticlePage) -> list[str]:
    latest = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    return re.findall(r'"id": "([\w-]+)"', json.dumps([*latest.body.raw_data]))


def copy(block: Locator) -> None:
    block.get_by_role("button", name="Copy, to paste elsewhere").first.click()


def paste_last(editor: Editor) -> None:
    editor.body.get_by_role("button", name=re.compile("^Paste")).last.click()


def every_kind() -> list[tuple[str, Any]]:
    image, work = SiteImage.objects.first(), Reference.objects.first()
    story = TestimonialPage.objects.live().first()
    cited = f'<embed embedtype="citation" id="{work.pk}" locator="p. 4"/>'
    table = {
        "caption": "Two groups",
        "columns": [{"type": "text", "heading": "A"}],
        "rows": [{"values": ["<p>One</p>"]}],
    }
    shown = {"image": image.pk, "alt_text": "A flask", "decorative": False}
    return [
        ("paragraph", f"<p>It helped <b>once</b> {cited}.</p>"),
        ("list", {"kind": "bullets", "items": ["<p>One.</p>", "<p>Two.</p>"]}),
        ("questions", {"items": [{"question": "Why?", "answer": "<p>So.</p>"}]}),
        ("comparison", {"table": table}),
        ("figure", {"image": shown, "caption": "<p>Here.</p>"}),
        (
            "block_quotation",
            {"text": "<p>Quoted.</p>", "reference": work.pk, "locator": "p. 2"},
        ),
        ("testimonial", {"story": story.pk, "text": "<p>Told.</p>"}),
    ]


def test_every_kind_of_block_is_copied_to_another_page_as_it_was(
    editor: Editor, draft: Callable[..., Any], some: Callable[..., Any]
) -> None:
    source, target = draft(*some(every_kind())), draft(title="Pasted")
    editor.open(source)
    editor.save()  # as the editor writes it
    wanted = body(source)
    for number in range(len(wanted)):
        editor.open(source)
        copy(editor.blocks.nth(number))
        expect(editor.page.locator("#shelf-status")).to_contain_text("was copied")
        editor.open(target)
        with editor.stores():
            paste_last(editor)
        expect(editor.blocks).to_have_count(number + 1)

    assert body(target) == wanted
    assert not set(ids(source)) & set(ids(target))


def test_a_block_is_pasted_on_its_own_page_as_often_as_wanted(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    heading = {"text": "The trial", "level": "2", "anchor": "the-trial"}
    article = draft(("heading", heading))
    editor.open(article)
    copy(editor.blocks.first)
    paste_last(editor)
    expect(editor.blocks).to_have_count(2)
    with editor.stores():
        paste_last(editor)
    expect(editor.blocks).to_have_count(3)
    editor.save()

    anchors = [value["anchor"] for _, value in body(article)]
    assert anchors == ["the-trial", "the-trial-2", "the-trial-3"]
    assert len(set(ids(article))) == 3


def test_the_last_key_is_copied_too(editor: Editor, draft: Callable[..., Any]) -> None:
    article = draft(("paragraph", "<p>One</p>"))
    editor.open(article)
    area = editor.blocks.first.locator("[contenteditable=true]")
    area.click()
    editor.page.keyboard.press("Control+End")
    editor.page.keyboard.type(" and two")
    copy(editor.blocks.first)
    paste_last(editor)

    expect(editor.blocks.nth(1)).to_contain_text("One and two")


def test_a_stream_that_has_no_such_block_says_so(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    story = TestimonialPage.objects.live().first()
    article = draft(("testimonial", {"story": story.pk, "text": "<p>Told.</p>"}))
    editor.open(article)
    copy(editor.blocks.first)
    editor.open(story)
    before = editor.blocks.count()

    paste_last(editor)

    refusal = editor.page.locator("[data-shelf-refusal]")
    expect(refusal).to_have_text(re.compile("“Testimonial” cannot stand here"))
    expect(editor.blocks).to_have_count(before)


def test_nothing_is_offered_before_something_was_copied_or_after_the_sign_in(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    article = draft(("paragraph", "<p>One</p>"))
    editor.open(article)
    pastes = editor.page.get_by_role("button", name=re.compile("^Paste"))
    expect(pastes).to_have_count(0)
    copy(editor.blocks.first)
    expect(pastes.first).to_be_visible()

    editor.page.context.clear_cookies()
    editor.page.goto("/admin/login/")

    assert editor.page.evaluate("localStorage.getItem('block-shelf')") is None
