"""What has the focus is never hidden: what is open closes when the focus leaves it."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from articles.models.article_page import ArticlePage

MOST_STOPS = 30
# Whether somebody sees what has the focus, and not something that lies over it.
UNCOVERED = """() => {
  const at = document.activeElement, place = at.getClientRects()[0];
  const top = document.elementFromPoint(
    place.left + place.width / 2, place.top + place.height / 2);
  return at.contains(top);
}"""
FOLLOWS = """(mark, at) => Boolean(
  mark.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING)"""


@pytest.fixture
def page(patient: BrowserContext) -> Page:
    return patient.new_page()


@pytest.fixture
def article(page: Page, demonstration: str) -> Page:
    """A short article, opened on a phone."""
    cited = [page for page in ArticlePage.objects.live() if "cite" in str(page.body)]
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(min(cited, key=lambda page: len(str(page.body))).get_full_url())
    return page


def has_focus(part: Locator) -> bool:
    # None, if the part has gone in the meantime.
    inside = "parts => parts.some(part => part.contains(document.activeElement))"
    return bool(part.evaluate_all(inside))


def tab_out_of(part: Locator, key: str = "Tab") -> None:
    for _ in range(MOST_STOPS):
        part.page.keyboard.press(key)
        if not has_focus(part):
            return
    raise AssertionError("no way out")


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_menu_of_a_phone_closes_when_the_focus_leaves_it(
    page: Page, demonstration: str, key: str
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(demonstration)
    menu = page.locator("#menu")
    page.get_by_role("button", name="Menu", exact=True).focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(page.get_by_role("button", name="Close", exact=True)).to_be_focused()
    assert page.evaluate(UNCOVERED)

    tab_out_of(menu, key)

    expect(menu).to_be_hidden()
    assert page.evaluate("document.activeElement !== document.body")
    assert page.evaluate(UNCOVERED)


def test_a_group_closes_when_the_focus_leaves_it(
    page: Page, demonstration: str
) -> None:
    page.goto(demonstration)
    group = page.locator(".menu__group").first
    group.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(group.locator(".menu__children")).to_be_visible()

    tab_out_of(group)

    expect(group.locator(".menu__children")).to_be_hidden()
    expect(page.locator(".menu :focus")).to_have_count(1)


def test_a_group_that_is_touched_elsewhere_does_not_move_what_is_touched(
    page: Page, demonstration: str
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(demonstration)
    page.get_by_role("button", name="Menu", exact=True).click()
    menu = page.locator("#menu")
    menu.locator("summary").first.click()
    blog = menu.get_by_role("link", name="Blog")
    place = blog.bounding_box()
    assert place

    page.mouse.move(place["x"] + 10, place["y"] + 10)
    page.mouse.down()
    assert blog.bounding_box() == place
    page.mouse.up()

    expect(page.get_by_role("heading", level=1)).to_have_text("Blog")


def test_a_reference_comes_after_its_mark_and_goes_when_the_focus_does(
    article: Page,
) -> None:
    mark = article.locator(".citation > a").first
    note = article.locator(".citation-note")
    mark.focus()
    article.keyboard.press("Enter")
    expect(note).to_be_focused()
    assert note.evaluate("note => note.previousElementSibling.matches('a')")

    article.keyboard.press("Shift+Tab")
    expect(mark).to_be_focused()
    expect(note).to_have_count(0)

    article.keyboard.press("Enter")
    article.keyboard.press("Tab")
    assert has_focus(note)
    tab_out_of(note)
    expect(note).to_have_count(0)
    following = article.evaluate_handle("document.activeElement")
    assert mark.evaluate(FOLLOWS, following)
    assert article.evaluate("document.activeElement.closest('main') !== null")
    assert article.evaluate(UNCOVERED)


def test_a_reference_opens_in_sight_from_the_last_line_of_the_screen(
    article: Page,
) -> None:
    mark = article.locator(".citation > a").first
    mark.evaluate("mark => mark.scrollIntoView({ block: 'end' })")
    mark.click(position={"x": 18, "y": 12})

    expect(article.locator(".citation-note")).to_be_in_viewport(ratio=1)
