"""How an editor fills in each kind of block, and what readers see of it."""

import re
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Locator, expect

from tests.browser.editor import Editor, part

PICTURE = "A culture flask"
ALTERNATIVE = "A flask, lifted by a gloved hand."
STORY = "Rowing again, more slowly"
VIDEO = "Five minutes of walking practice"
PAGE = "What treatment costs"
WORK = "Petrou"

Recipe = Callable[[Editor, Locator], str]


def heading(editor: Editor, block: Locator) -> str:
    editor.fill(block, "text", "What was measured")
    return "What was measured"


def paragraph(editor: Editor, block: Locator) -> str:
    editor.write(block, "Walking was measured, not guessed.")
    return "Walking was measured, not guessed."


def correction(editor: Editor, block: Locator) -> str:
    editor.fill(block, "date", "2026-11-03")
    editor.page.keyboard.press("Tab")
    editor.write(part(block, "text"), "It said that 84 took part.")
    return "It said that 84 took part."


def item_list(editor: Editor, block: Locator) -> str:
    part(block, "kind").locator("select").select_option("ticks")
    editor.write(part(block, "items"), "It was measured twice.")
    return "It was measured twice."


def questions(editor: Editor, block: Locator) -> str:
    editor.fill(block, "question", "Who measured it?")
    editor.write(part(block, "answer"), "Somebody who did not know the groups.")
    return "Who measured it?"


def outside_video(editor: Editor, block: Locator) -> str:
    editor.fill(block, "address", "https://vimeo.com/123456789")
    editor.fill(block, "title", "A lecture on walking")
    editor.choose(part(block, "poster"), PICTURE)
    editor.fill(part(block, "poster"), "alt_text", ALTERNATIVE)
    return "A lecture on walking"


def _add_column(table: Locator, kind: str) -> None:
    option = table.get_by_role("button", name=kind).last
    # On a busy machine the menu closes again when the block is drawn to its end.
    for _attempt in range(3):
        table.get_by_role("button", name="Add column").click()
        with suppress(AssertionError):
            expect(option).to_be_visible(timeout=10_000)
            break
    option.click()


def comparison(editor: Editor, block: Locator) -> str:
    table = part(block, "table")
    for number, kind in enumerate(["Word or number", "Text"]):
        _add_column(table, kind)
        heading = table.get_by_placeholder("Column heading").nth(number)
        heading.fill(f"Column {number + 1}")
    table.locator("tbody input[type=text]").first.fill("48")
    editor.write(table.locator("tbody"), "took part in the trial")
    return "took part in the trial"


def chart(editor: Editor, block: Locator) -> str:
    table = part(block, "table")
    for number, kind in enumerate(["What is counted, or when", "Number"]):
        _add_column(table, kind)
        heading = table.get_by_placeholder("Column heading").nth(number)
        heading.fill(f"Column {number + 1}")
    cells = table.locator("tbody input")
    cells.nth(0).fill("The spring of 2024")
    cells.nth(1).fill("17")
    return "The spring of 2024"


def callout(editor: Editor, block: Locator) -> str:
    part(block, "kind").locator("select").select_option("warning")
    editor.write(part(block, "text"), "Do not stop a medicine because of this.")
    return "Do not stop a medicine because of this."


def figure(editor: Editor, block: Locator) -> str:
    editor.choose(part(block, "image"), PICTURE)
    editor.fill(block, "alt_text", ALTERNATIVE)
    editor.write(part(block, "caption"), "Cells are grown for three weeks.")
    return "Cells are grown for three weeks."


def picture_carousel(editor: Editor, block: Locator) -> str:
    editor.fill(block, "heading", "Where the cells are grown")
    for number in range(2):
        if number:
            part(block, "pictures").locator("[data-streamfield-list-add]").last.click()
        picture = (
            part(block, "pictures").locator("[data-streamfield-child]").nth(number)
        )
        editor.choose(part(picture, "image"), PICTURE)
        editor.fill(picture, "alt_text", ALTERNATIVE)
    return "Where the cells are grown"


def video(editor: Editor, block: Locator) -> str:
    editor.choose(part(block, "video"), VIDEO)
    editor.write(part(block, "caption"), "This is how walking is practised.")
    return "This is how walking is practised."


def call_to_action(editor: Editor, block: Locator) -> str:
    editor.fill(block, "heading", "Is it affordable?")
    editor.fill(block, "label", "See the prices")
    editor.choose(part(block, "page"), PAGE)
    return "See the prices"


def page_cards(editor: Editor, block: Locator) -> str:
    editor.fill(block, "heading", "Read before you decide")
    editor.choose(part(block, "pages"), PAGE)
    return "Read before you decide"


def spoken_quotation(editor: Editor, block: Locator) -> str:
    editor.write(part(block, "text"), "We promise a measurement.")
    editor.fill(block, "speaker", "Dr Wren Sandpiper")
    return "Dr Wren Sandpiper"


def block_quotation(editor: Editor, block: Locator) -> str:
    editor.write(part(block, "text"), "No serious adverse event was seen.")
    editor.choose(part(block, "reference"), WORK)
    return "No serious adverse event was seen."


def attributed_quotation(editor: Editor, block: Locator) -> str:
    editor.write(part(block, "text"), "These cells calm more than they replace.")
    editor.fill(block, "author", "Antonio Uccelli and others")
    return "Antonio Uccelli and others"


def key_fact(editor: Editor, block: Locator) -> str:
    editor.fill(block, "figure", "48 people")
    editor.write(part(block, "text"), "were given cells or none.")
    editor.choose(part(block, "reference"), WORK)
    return "48 people"


def claim(editor: Editor, block: Locator) -> str:
    editor.write(part(block, "sentence"), "A few people walked faster.")
    editor.fill(block, "outcome", "Walking speed")
    part(block, "direction").locator("select").select_option("mixed")
    works = part(block, "works")
    works.locator("button.c-sf-add-button").first.click()
    editor.choose(part(works, "reference"), WORK)
    return "A few people walked faster."


def testimonial(editor: Editor, block: Locator) -> str:
    editor.choose(part(block, "story"), STORY)
    editor.write(part(block, "text"), "I sit in the boat again.")
    return "I sit in the boat again."


def testimonial_quote(editor: Editor, block: Locator) -> str:
    editor.choose(part(block, "story"), STORY)
    editor.write(part(block, "text"), "Nobody promised me anything.")
    return "Nobody promised me anything."


def patient_quote(editor: Editor, block: Locator) -> str:
    person = part(block, "subject")
    person.get_by_role("button", name=re.compile("^Choose")).first.click()
    modal = editor.page.locator(".modal-body")
    modal.get_by_role("link", name=re.compile("^Subject ")).first.click()
    expect(modal).to_have_count(0)
    editor.write(part(block, "text"), "Somebody asked how I slept.")
    return "Somebody asked how I slept."


def story_collection(editor: Editor, block: Locator) -> str:
    editor.fill(block, "heading", "Where these stories come from")
    return "Where these stories come from"


def testimonial_carousel(editor: Editor, block: Locator) -> str:
    editor.fill(block, "heading", "Told by patients")
    editor.choose(part(block, "stories"), STORY)
    return "Told by patients"


def testimonial_timeline(editor: Editor, block: Locator) -> str:
    editor.choose(part(block, "story"), STORY)
    return "after treatment"


def sign_up(editor: Editor, block: Locator) -> str:
    editor.fill(block, "heading", "Letters from the quay")
    return "Letters from the quay"


# By the name in the stream.
RECIPES: dict[str, Recipe] = {
    "heading": heading,
    "correction": correction,
    "paragraph": paragraph,
    "list": item_list,
    "questions": questions,
    "comparison": comparison,
    "chart": chart,
    "callout": callout,
    "figure": figure,
    "picture_carousel": picture_carousel,
    "video": video,
    "call_to_action": call_to_action,
    "page_cards": page_cards,
    "spoken_quotation": spoken_quotation,
    "block_quotation": block_quotation,
    "attributed_quotation": attributed_quotation,
    "key_fact": key_fact,
    "claim": claim,
    "testimonial": testimonial,
    "testimonial_quote": testimonial_quote,
    "outside_video": outside_video,
    "patient_quote": patient_quote,
    "story_collection": story_collection,
    "testimonial_carousel": testimonial_carousel,
    "testimonial_timeline": testimonial_timeline,
    "sign_up": sign_up,
}
