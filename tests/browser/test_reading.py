"""How a page is laid out for reading: what comes first, what stands beside what."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

ARTICLE = "/blog/can-mesenchymal-stem-cells-slow-multiple-sclerosis/"
WIDTHS = (320, 375, 480, 600, 640, 768, 900, 1024, 1200, 1280, 1440, 1920)
# It would be 180 with those that headings are to themselves. Two dozen lead from what
# is typical, beside each story, to its works and back; half a dozen to and from a
# correction, to what it was before, and to those who want to hear from readers.
MOST_STOPS = 170

# Pages of which every list of cards is looked at; some numbers are not in the content.
LISTS = ("/", "/blog/", "/conditions/multiple-sclerosis/", "/people/", ARTICLE)
ALONE = """counts => {
  const faults = [];
  for (const list of document.querySelectorAll(".card-list:not([data-layout=rows])")) {
    const all = [...list.children];
    for (const count of counts) {
      const copy = (_, n) => all[n % all.length].cloneNode(true);
      list.replaceChildren(...Array.from({ length: count }, copy));
      const rows = new Map();
      for (const card of list.children) {
        const { top } = card.getBoundingClientRect();
        rows.set(top, (rows.get(top) ?? 0) + 1);
      }
      const found = [...rows.values()];
      if (Math.max(...found) > 1 && found.at(-1) === 1) faults.push([count, found]);
    }
    list.replaceChildren(...all);
  }
  return faults;
}"""
# What is wider than what holds it, unless it scrolls there, or is there for those alone
# who are read to.
WIDER = """() => [document.documentElement,
    ...document.querySelectorAll("main, main *, .footer *, .breadcrumbs *")]
  .filter(each => each.clientWidth && each.scrollWidth > each.clientWidth)
  .filter(each => !each.closest(".visually-hidden, .comparison thead, svg"))
  .filter(each => !["auto", "scroll"].includes(getComputedStyle(each).overflowX))
  .map(each => `${each.className}: ${each.scrollWidth} in ${each.clientWidth}`)
"""
STOPS = """() => [...document.querySelectorAll(
    "a[href], button, summary, input, select, textarea, [tabindex]")]
  .filter(each => each.tabIndex >= 0 && !each.disabled && each.checkVisibility())
  .filter(each => each.getClientRects().length).length"""


@pytest.fixture
def page(patient: BrowserContext) -> Page:
    return patient.new_page()


def left(page: Page, selector: str) -> float:
    found: float = page.locator(selector).first.evaluate(
        "each => each.getBoundingClientRect().left"
    )
    return found


def test_the_short_answer_begins_on_the_first_screen_of_a_phone(
    page: Page, demonstration: str
) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(demonstration + ARTICLE)

    box = page.locator(".answer__text p").first.bounding_box()

    assert box
    assert box["y"] + 3 * 30 < 812, "three lines of it"


def test_the_way_through_the_longest_article_has_few_stops(
    page: Page, demonstration: str
) -> None:
    page.goto(demonstration + ARTICLE)
    expect(page.locator(".contents__box")).to_have_attribute("open", "")

    stops = page.evaluate(STOPS)

    assert 50 < stops <= MOST_STOPS
    # Whose addresses the contents, which are stops, lead to.
    assert page.locator(".heading__link:not([tabindex='-1'])").count() == 0
    for link in page.locator(".heading__link").all()[:5]:
        href = link.get_attribute("href")
        expect(page.locator(f".contents a[href='{href}']")).to_have_count(1)


def test_no_card_stands_alone_in_the_last_row(page: Page, demonstration: str) -> None:
    faults = []
    for path in LISTS:
        page.goto(demonstration + path)
        for width in (320, 640, 900, 1024, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(ALONE, [1, 2, 3, 4, 5, 7, 10])
            faults += [(path, width, *each) for each in found]

    assert faults == []


def test_nothing_is_wider_than_what_holds_it(page: Page, demonstration: str) -> None:
    faults = []
    for path in (*LISTS, f"{ARTICLE}sheet/", "/people/callum-fairbairn/", "/apply/"):
        page.goto(demonstration + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            faults += [(path, width, each) for each in page.evaluate(WIDER)]

    assert faults == []


def test_nothing_is_wider_in_twice_as_large_a_type(
    page: Page, demonstration: str
) -> None:
    faults = []
    for path in (*LISTS, "/stories/", f"{ARTICLE}sheet/"):
        page.goto(demonstration + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        for width in (320, 375, 414, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            faults += [(path, width, each) for each in page.evaluate(WIDER)]

    assert faults == []


def test_an_address_does_not_break_behind_a_hyphen(
    page: Page, demonstration: str
) -> None:
    page.goto(demonstration + ARTICLE)
    lines = """links => links.map(each => {
      const range = document.createRange();
      range.selectNodeContents(each);
      const tops = [...range.getClientRects()].map(each => Math.round(each.top));
      return new Set(tops).size;
    })"""
    hyphened = page.locator(".references__text a").filter(has_text="-")
    assert hyphened.count() > 1

    for width in (320, 375, 414, 480, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        broken = hyphened.evaluate_all(lines)
        # One address is wider than the smallest phone.
        assert broken.count(1) >= len(broken) - (width < 375), width


def test_a_picture_in_portrait_has_no_band_beside_it(
    page: Page, demonstration: str
) -> None:
    page.goto(demonstration + ARTICLE)

    grounds = page.locator(".figure img").evaluate_all(
        "all => all.map(each => getComputedStyle(each).backgroundColor)"
    )

    assert set(grounds) == {"rgba(0, 0, 0, 0)"}


def test_a_profile_begins_at_one_line_down_the_page(
    page: Page, demonstration: str
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{demonstration}/people/ngozi-adeyemi-hart/")

    begins = left(page, "h1")

    assert begins == left(page, ".profile .facts") == left(page, ".profile .body p")


def test_one_rule_stands_between_two_blocks(page: Page, demonstration: str) -> None:
    page.goto(demonstration + ARTICLE)

    widths = page.locator(".article__after .sign-up, .article__after .call-to-action")
    borders = widths.evaluate_all(
        """blocks => blocks.map(each => [getComputedStyle(each).borderBlockStartWidth,
          getComputedStyle(each).borderBlockEndWidth])"""
    )

    assert borders == [["1px", "0px"], ["3px", "3px"]]


def test_stories_stand_in_line_where_a_portrait_is_missing(
    page: Page, demonstration: str
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(demonstration)
    carousel, stories = (
        page.locator(".testimonial-carousel__list"),
        page.locator(".card-list .card__title"),
    )
    tops = "all => all.map(each => Math.round(each.getBoundingClientRect().top))"

    carousel.locator("picture").first.evaluate("each => each.remove()")
    words = carousel.locator(".testimonial-carousel__quote").evaluate_all(tops)
    page.goto(f"{demonstration}/stories/")
    page.locator(".card__picture").first.evaluate("each => each.remove()")
    titles = stories.evaluate_all(tops)

    assert (len(words), len(set(words))) == (4, 1)
    assert (len(titles), len(set(titles))) == (4, 2), "two rows of two"


def test_a_row_of_one_story_is_no_row(page: Page, demonstration: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(demonstration)
    row = page.locator(".testimonial-carousel__list")
    item = row.locator("li").first

    row.evaluate("each => each.replaceChildren(each.firstElementChild)")

    measure = page.locator(".paragraph").first.bounding_box()
    box = item.bounding_box()
    assert measure
    assert box
    assert box["width"] == measure["width"]
    expect(row).not_to_have_attribute("tabindex", "0")


def test_a_row_that_scrolls_is_reached_from_the_keyboard(
    page: Page, demonstration: str
) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(demonstration)

    expect(page.locator(".testimonial-carousel__list")).to_have_attribute(
        "tabindex", "0"
    )
