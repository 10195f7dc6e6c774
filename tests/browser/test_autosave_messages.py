"""What autosave cannot store, it says where it stands, and why."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS
from tests.browser.editor import Editor, part
from tests.helpers.factories import ArticlePageFactory

TITLE = "Walking twice a day"

# Panels are folded: open all around a field.
UNFOLD = """field => {
  for (let at = field; at; at = at.parentElement) at.removeAttribute("hidden");
}"""


@pytest.fixture
def editor(staff: Callable[[str], Page]) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def draft(demonstration: str) -> Any:
    article = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(),
        title="Draft",
        slug=None,
        live=False,
        body=[{"type": "heading", "value": {"text": "The trial", "level": "2"}}],
    )
    article.save_revision()
    return article


def test_a_second_draft_with_the_same_title_is_stored_and_its_title_goes_on(
    editor: Editor,
) -> None:
    index = ArticleIndexPage.objects.get()
    ArticlePageFactory(parent=index, title=TITLE, slug="walking-twice-a-day")
    editor.begin(index)
    with editor.stored(TITLE):
        editor.title(TITLE)
    # On a busy machine, the first letters are stored first: see the latest version.
    drafts = ArticlePage.objects.filter(draft_title=TITLE, live=False)
    slugs = [page.get_latest_revision_as_object().slug for page in drafts]
    assert slugs == ["walking-twice-a-day-2"]

    with editor.stored("by train"):
        editor.page.locator("[name=title]").press("End")
        editor.title(" by train")
    assert ArticlePage.objects.get(title=f"{TITLE} by train").slug == (
        "walking-twice-a-day-by-train"
    )


def test_a_field_that_cannot_be_stored_says_why_until_it_can(
    editor: Editor, draft: ArticlePage
) -> None:
    page = editor.page
    editor.open(draft)
    page.get_by_role("tab", name="Promote").click()
    page.locator("#id_canonical_url").evaluate(UNFOLD)
    address = part(page.locator("#tab-promote"), "canonical_url")
    address.locator("input").fill("nowhere")
    expect(address).to_contain_text("Enter a valid URL.")
    editor.expect_message(re.compile("Autosave waits.*Canonical", re.IGNORECASE))

    with editor.stores():
        address.locator("input").fill("https://somewhere.example/")
    expect(address).not_to_contain_text("Enter a valid URL.")
    expect(page.locator(".messages")).not_to_contain_text("Not stored")


def test_a_row_that_cannot_be_stored_says_why(
    editor: Editor, draft: ArticlePage
) -> None:
    editor.open(draft)
    people = editor.page.locator("#panel-child-content-contributors-section")
    people.get_by_role("button", name="Add Contributor").click()
    day = people.locator("[name$='-date']")
    day.fill("soon")
    expect(people).to_contain_text("Enter a valid date.")

    with editor.stores():
        day.fill("2026-01-31")
    expect(people).not_to_contain_text("Enter a valid date.")


def test_a_part_of_a_block_that_cannot_be_stored_says_why_until_it_can(
    editor: Editor, draft: ArticlePage
) -> None:
    editor.open(draft)
    block = editor.blocks.first
    block.get_by_role("button", name=re.compile("settings", re.IGNORECASE)).click()
    anchor = part(block, "anchor")
    anchor.locator("input").fill("The Trial")
    expect(anchor).to_contain_text("Use small letters")
    editor.expect_message("“Body, Heading 1, Anchor”")

    # As it was, so that there is nothing to store.
    anchor.locator("input").fill("the-trial")
    expect(anchor).not_to_contain_text("Use small letters")
