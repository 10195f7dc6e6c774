"""What could trip up readers is named beside the page while it is being written."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.text import slugify
from playwright.sync_api import Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS
from people.models import PersonPage
from tests.browser.editor import Editor, part
from tests.helpers.factories import ArticlePageFactory

VAGUE = re.compile("“here” does not say where it leads")
LONG = re.compile("Search results cut off the title")
SHORT = "How walking is measured"


@pytest.fixture
def editor(staff: Callable[[str], Page]) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def article(demonstration: str, request: pytest.FixtureRequest) -> Any:
    """A draft with nothing to be said about it, but that it is no more than a start."""
    filler = ("paragraph", f"<p>{'Words of a paragraph. ' * 60}</p>")
    article = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(),
        title=SHORT,
        slug=slugify(request.node.originalname),
        standfirst="How far somebody walks in six minutes, and why that is asked.",
        live=False,
        body=[filler] * 4,
        contributors=[PersonPage.objects.first()],
    )
    article.save_revision()
    return article


def test_a_vague_link_and_a_long_title_are_named_found_and_mended(
    editor: Editor, article: ArticlePage
) -> None:
    page, problems = editor.page, editor.problems
    editor.open(article)
    expect(problems).to_contain_text("Ready to publish")
    expect(problems.get_by_role("listitem")).to_have_count(0)

    with editor.stored("x.example"):
        block = editor.add("Paragraph")
        editor.write(block, "The trial is told here")
        link_the_last_word(page, "https://x.example/trial")
    with editor.stored("and for whom"):
        page.locator("[name=title]").fill(
            f"{SHORT}, and for whom what was measured says little"
        )
    expect(problems).to_contain_text(VAGUE)
    expect(problems).to_contain_text(LONG)
    expect(problems).to_contain_text("2 suggestions")
    expect(problems).to_contain_text("Ready to publish")

    # The list is in sight where the words are, far down, and leads to them.
    block.scroll_into_view_if_needed()
    expect(problems).to_be_in_viewport()
    page.locator("[name=title]").scroll_into_view_if_needed()
    expect(block).not_to_be_in_viewport()
    problems.get_by_role("link", name=VAGUE).click()
    expect(block).to_be_focused()
    expect(block.get_by_text("The trial is told")).to_be_in_viewport()
    with editor.stored("at length"):
        editor.write(block, ", at length.")
        block.get_by_text("here", exact=True).click()
        page.get_by_role("button", name="Remove").last.click()
    expect(problems).not_to_contain_text(VAGUE)
    expect(problems).to_contain_text("1 suggestion")

    # What stands on another tab is opened there.
    problems.get_by_role("link", name=LONG).click()
    tag = part(page.locator("#tab-promote"), "seo_title")
    expect(tag).to_be_focused()
    with editor.stored("Walking, measured"):
        tag.locator("input").fill("Walking, measured")
    page.get_by_role("tab", name="Content").click()
    expect(problems.get_by_role("listitem")).to_have_count(0)


def test_a_folded_list_stays_folded_and_goes_on_counting(
    editor: Editor, article: ArticlePage
) -> None:
    page, problems = editor.page, editor.problems
    editor.open(article)
    problems.locator("summary").click()
    with editor.stored("ALL IN CAPITALS"):
        editor.fill(editor.add("Heading"), "text", "ALL IN CAPITALS")

    expect(page.locator("#publishing-problems-count")).to_contain_text("1 suggestion")
    expect(problems.get_by_role("listitem")).to_be_hidden()

    page.reload()
    expect(page.locator("#publishing-problems-count")).to_contain_text("1 suggestion")
    expect(problems.get_by_role("listitem")).to_be_hidden()


def test_the_checks_count_what_the_gate_finds(
    editor: Editor, article: ArticlePage
) -> None:
    page = editor.page
    article.body = [
        ("spoken_quotation", {"text": "<p>We promise nothing.</p>"}),
        ("paragraph", '<p>Told <a href="https://x.example/trial">here</a>.</p>'),
    ]
    article.save_revision()
    editor.open(article)
    page.get_by_role("button", name="Toggle checks").click()

    found = page.locator("[data-checks-panel]")
    expect(found).to_contain_text("Link that does not say where it leads")
    expect(found).to_contain_text("Quotation without its source")
    count = page.locator(".form-side [data-content-checker-count]")
    expect(count).to_have_text("2")


def link_the_last_word(page: Page, address: str) -> None:
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    modal = page.locator(".modal-body")
    modal.get_by_role("link", name="External link").click()
    modal.get_by_label("URL").fill(address)
    modal.get_by_role("button", name="Insert link").click()
    expect(modal).to_have_count(0)


def test_every_suggestion_is_told_apart_counted_and_reached(
    editor: Editor, article: ArticlePage
) -> None:
    page, problems = editor.page, editor.problems
    link = '<p>{} words, as told <a href="https://x.example/">here</a>.</p>'
    article.body = [("paragraph", link.format(n) + "<p>So.</p>" * 9) for n in range(8)]
    article.seo_title = "A title for search results that is longer than any shows"
    article.save_revision()
    editor.open(article)

    promote = page.get_by_role("tab", name="Promote")
    expect(promote).to_contain_text("problems and suggestions: 1")
    vague = problems.get_by_role("link", name=VAGUE)
    expect(vague).to_have_count(8)
    for number in (0, 3, 7):
        place = f"Paragraph {number + 1}, “{number} words, as told"
        expect(vague.nth(number)).to_contain_text(place)
        vague.nth(number).click()
        expect(editor.blocks.nth(number)).to_be_focused()
        words = editor.blocks.nth(number).locator(
            "[data-text]", has_text=f"{number} words"
        )
        expect(words).to_be_in_viewport()


def test_two_keys_lead_to_the_title(editor: Editor, article: ArticlePage) -> None:
    page = editor.page
    editor.open(article)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the title")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("[name=title]")).to_be_focused()
