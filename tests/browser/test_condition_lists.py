"""Conditions of a form are picked from lists, which follow what is reworded."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from applications.models.pages import ApplicationFormPage
from home.roles import EDITORS
from tests.browser.editor import Editor
from tests.helpers.factories_applications import question
from tests.helpers.factories_steps import block, one_click, only_if

WALKING = "How far can you walk?"
COMPARISON = "questions-{}-value-condition-tests-0-value-{}"


@pytest.fixture
def draft(demonstration: str) -> Any:
    """A choice, an e-mail address, and a telephone number that depends on nothing."""
    form = ApplicationFormPage.objects.get()
    form.questions = [
        block("step", "Here"),
        question("single_choice"),
        question("email"),
        question("telephone", condition=only_if(WALKING, "is", "A mile")),
    ]
    form.save_revision(clean=False)
    return form


@pytest.fixture
def editor(staff: Callable[[str], Page], draft: Any) -> Editor:
    editor = Editor(staff(EDITORS))
    editor.open(draft)
    for folded in ("settings", "condition-content"):
        opens = f"[aria-controls='block_group-questions-3-value-{folded}']"
        editor.page.locator(opens).click()
    return editor


def part(editor: Editor, name: str) -> Locator:
    return editor.page.locator(f"[id='{COMPARISON.format(3, name)}']")


def options(listed: Locator) -> Locator:
    """Those of a list, which a script draws a moment after its field is there."""
    return listed.locator("option")


def test_they_offer_what_is_asked_before_and_follow_its_words(editor: Editor) -> None:
    page = editor.page
    asked, answer = part(editor, "question"), part(editor, "value")

    # By its label, and with the keyboard alone.
    asked_by_label = page.get_by_label("Question", exact=False).and_(asked)
    expect(asked_by_label).to_have_value(WALKING)
    expect(options(asked)).to_have_text(
        ["Choose an earlier question", WALKING, "E-mail address"]
    )
    expect(options(answer).filter(has_text="Not offered: “A mile”")).to_have_count(1)
    offered = options(answer).last.inner_text()
    answer.focus()
    page.keyboard.type(offered)
    expect(answer).to_have_value(offered)

    label = page.locator("[name=questions-1-value-label]")
    label.fill("How far do you walk?")
    choice = page.locator("[name=questions-1-value-choices-1-value]")
    choice.fill("Miles on end")
    choice.press("Tab")

    expect(asked).to_have_value("How far do you walk?")
    expect(answer).to_have_value("Miles on end")

    # Of an e-mail address any words are typed, in the field that is stored.
    asked.select_option("E-mail address")
    expect(answer).to_have_js_property("tagName", "INPUT")
    with editor.stored("example.org"):
        answer.fill("example.org")
    latest = ApplicationFormPage.objects.get().get_latest_revision_as_object()
    tests = latest.questions[3].value["condition"]["tests"]
    assert [(test["question"], test["value"]) for test in tests] == [
        ("E-mail address", "example.org")
    ]


def test_one_that_is_asked_later_is_said_not_to_be_there(editor: Editor) -> None:
    asked = part(editor, "question")
    walking = editor.page.locator(
        "[data-streamfield-child]:has(> [name=questions-1-order])"
    )
    for _place in range(2):
        walking.get_by_role("button", name="Move down").first.click()
    asked.focus()

    expect(asked).to_have_value(WALKING)
    expect(options(asked).nth(1)).to_have_text(f"No earlier question: “{WALKING}”")


def test_they_offer_the_answers_of_ready_made_questions(
    staff: Callable[[str], Page], draft: Any
) -> None:
    carer, adjustments = one_click("carer"), one_click("adjustments")
    draft.questions = [
        block("step", "Here"),
        carer,
        adjustments,
        question("telephone", condition=only_if(carer["value"]["label"], "is", "Yes")),
    ]
    draft.save_revision(clean=False)
    editor = Editor(staff(EDITORS))
    editor.open(draft)
    for folded in ("settings", "condition-content"):
        opens = f"[aria-controls='block_group-questions-3-value-{folded}']"
        editor.page.locator(opens).click()

    asked, answer = part(editor, "question"), part(editor, "value")
    expect(options(answer).filter(has_text=re.compile("^(Yes|No)$"))).to_have_text(
        ["Yes", "No"]
    )
    asked.select_option(str(adjustments["value"]["label"]))
    choice = adjustments["value"]["choices"][1]["value"]
    expect(options(answer).filter(has_text=str(choice))).to_have_count(1)
