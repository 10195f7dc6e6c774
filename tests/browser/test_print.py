"""What is printed."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

ARTICLE = "/blog/can-mesenchymal-stem-cells-slow-multiple-sclerosis/"
CENTIMETRE = 96 / 2.54  # CSS pixels
MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "1.5cm")


@pytest.fixture
def on_paper(demonstration: str, patient: BrowserContext):
    page = patient.new_page()

    def show(path: str) -> Page:
        page.emulate_media(media="print")
        page.goto(demonstration + path)
        return page

    return show


def pages_of(page: Page) -> int:
    pdf = page.pdf(format="A4", margin=MARGIN)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_a_question_and_its_field_stay_on_one_page(on_paper) -> None:
    page = on_paper("/apply/step/1/")

    breaks = page.locator(".form__field").evaluate_all(
        "fields => fields.map((field) => getComputedStyle(field).breakInside)"
    )

    assert set(breaks) == {"avoid"}


def test_pictures_are_small_enough_to_leave_no_page_half_empty(on_paper) -> None:
    page = on_paper(ARTICLE)
    heights = "all => all.map(each => each.getBoundingClientRect().height)"

    [lead] = page.locator(".lead img").evaluate_all(heights)
    figures = page.locator(".figure img").evaluate_all(heights)
    moments = page.locator(".timeline__media img").evaluate_all(heights)

    assert 3 * CENTIMETRE < lead <= 5 * CENTIMETRE + 1
    assert max(figures) <= 7 * CENTIMETRE + 1
    assert max(moments) <= 5 * CENTIMETRE + 1
    assert pages_of(page) <= 16


def test_the_telephone_and_the_address_of_the_page_are_on_the_paper(on_paper) -> None:
    page = on_paper(ARTICLE)

    expect(page.locator(".footer__contact a[href^='tel:']")).to_be_visible()
    expect(page.locator(".print-only")).to_contain_text(ARTICLE)
    expect(page.locator(".footer__columns section").nth(1)).to_be_hidden()


def test_what_is_folded_is_printed(on_paper) -> None:
    page = on_paper(ARTICLE)

    folded = page.locator("details.byline__disclosure").first
    assert not folded.evaluate("each => each.open")
    whole = folded.evaluate("each => each.getBoundingClientRect().height")
    summary = folded.locator("summary").bounding_box()
    assert summary
    assert whole > summary["height"] + 10


def test_the_sheet_for_the_doctor_is_one_sheet_with_code_and_telephone(
    on_paper,
) -> None:
    page = on_paper(f"{ARTICLE}sheet/")

    code = page.locator(".sheet__code svg").bounding_box()
    assert code
    assert code["width"] >= 3 * CENTIMETRE
    expect(page.locator(".sheet__source")).to_contain_text("01632 960417")
    expect(page.locator(".sheet__hint")).to_be_hidden()
    assert pages_of(page) <= 2, "both sides of one sheet"
