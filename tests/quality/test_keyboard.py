"""Everything can be reached and done by keyboard, and one sees where one is.

What needs the database or has no scripts stands in ``tests/browser``.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.quality.places import ARTICLE, FORM, FRONT, STEP, STORY

PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1440, "height": 900}
MOST_STOPS = 400

# Where the keyboard is; what is unseen or unmarked about it. None outside the page.
STOP = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();  // a row that scrolls sideways has followed by the second
  await frame();
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  // A link broken over lines has a box for each; a card shows its link's focus.
  const place = at.getClientRects()[0] ?? at.getBoundingClientRect();
  const outlined = part => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const all = [...document.querySelectorAll("*")];
  return {
    name: `${at.localName}.${at.className} ${at.innerText ?? ""}`.slice(0, 60),
    order: all.indexOf(at),
    seen: place.width > 0 && place.height > 0 && place.bottom > 0
      && place.top < innerHeight && place.right > 0 && place.left < innerWidth,
    covered: !at.contains(document.elementFromPoint(
      Math.min(Math.max(place.left + place.width / 2, 0), innerWidth - 1),
      Math.min(Math.max(place.top + place.height / 2, 0), innerHeight - 1))),
    // Inside a video are the browser's own buttons, which mark themselves.
    marked: outlined(at) || at.localName === "video"
      || at.closest(".card") && outlined(at.closest(".card")),
  };
}"""
INSIDE = """dialog => dialog.contains(document.activeElement)
  || document.activeElement === document.body"""
# What is read out with a field: of a choice, with all of it.
DESCRIPTION = """field => [field, field.closest("fieldset")].flatMap(
  part => part?.getAttribute("aria-describedby")?.split(" ") ?? []).map(
  id => document.getElementById(id).textContent).join(" ")"""


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def visit(window: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """``visit(path, size, **options)`` opens a page in a window of its own."""
    opened: list[Page] = []

    def at(path: str, size: dict[str, int] = DESKTOP, **options: Any) -> Page:
        page = window(viewport=size, **options)
        opened.append(page)
        page.goto(path)
        return page

    yield at
    for page in opened:
        page.context.close()


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    target.focus()
    page.keyboard.press(key)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", [FRONT, ARTICLE, STORY, FORM])
def test_every_stop_is_seen_and_marked_and_comes_in_order(
    visit: Callable[..., Page], path: str, size: dict[str, int]
) -> None:
    page = visit(path, size)
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["order"] == stops[0]["order"]):
            break
        stops.append(stop)

    faults = [
        f"{stop['name']}: {fault}"
        for stop in stops
        for fault, wrong in {
            "out of sight": not stop["seen"],
            "covered": stop["seen"] and stop["covered"],
            "not marked": not stop["marked"],
        }.items()
        if wrong
    ]
    orders = [stop["order"] for stop in stops]
    assert 5 < len(stops) < MOST_STOPS
    assert orders == sorted(orders)
    assert faults == [], "\n".join(faults)


def test_the_first_stop_skips_to_the_main_text(
    visit: Callable[..., Page], scripts: bool
) -> None:
    page = visit(ARTICLE, java_script_enabled=scripts)
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator("main").evaluate("m => m.contains(document.activeElement)")


def test_the_menu_opens_by_key_and_escape_gives_the_focus_back(
    visit: Callable[..., Page], scripts: bool
) -> None:
    page = visit(FRONT, PHONE, java_script_enabled=scripts)
    button = page.locator(".menu__button").first
    menu = page.locator("#menu")
    for key in ("Enter", "Space"):
        press(page, button, key)
        expect(menu).to_be_visible()
        page.keyboard.press("Tab")
        assert menu.evaluate("menu => menu.contains(document.activeElement)")
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_group_opens_and_the_next_stop_is_inside(
    visit: Callable[..., Page], key: str, scripts: bool
) -> None:
    page = visit(FRONT, java_script_enabled=scripts)
    group = page.locator(".menu__group").first
    press(page, group.locator("summary"), key)
    expect(group.locator(".menu__children")).to_be_visible()
    page.keyboard.press("Tab")
    expect(group.locator(".menu__children a").first).to_be_focused()


def test_escape_inside_a_group_closes_it(visit: Callable[..., Page]) -> None:
    page = visit(FRONT)
    group = page.locator(".menu__group").first
    press(page, group.locator("summary"))
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(group.locator(".menu__children")).to_be_hidden()
    expect(group.locator("summary")).to_be_focused()


def test_the_row_of_stories_moves_and_keeps_the_focus_at_its_end(
    visit: Callable[..., Page],
) -> None:
    page = visit(FRONT, PHONE)
    row = page.locator("sliding-row").first
    on = row.get_by_role("button", name="Next")
    back = row.get_by_role("button", name="Previous")
    for _ in range(row.get_by_role("listitem").count() - 1):
        press(page, on)
        expect(back).to_have_attribute("aria-disabled", "false")
    expect(on).to_have_attribute("aria-disabled", "true")
    expect(on).to_be_focused()
    expect(
        row.get_by_role("listitem").last.get_by_role("link").first
    ).to_be_in_viewport()

    entries = row.get_by_role("list")
    press(page, entries, "ArrowLeft")
    expect(on).to_have_attribute("aria-disabled", "false")


def test_a_picture_keeps_the_focus_until_it_is_closed(
    visit: Callable[..., Page],
) -> None:
    page = visit(ARTICLE)
    enlarge = page.locator(".figure__enlarge").first
    press(page, enlarge)
    dialog = page.locator("dialog[open]")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    for _ in range(4):
        page.keyboard.press("Tab")
        assert dialog.evaluate(INSIDE)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(enlarge).to_be_focused()

    press(page, enlarge)
    press(page, dialog.get_by_role("button", name="Close"))
    expect(dialog).to_have_count(0)
    expect(enlarge).to_be_focused()


def test_a_reference_opens_and_gives_the_focus_back_to_its_mark(
    visit: Callable[..., Page],
) -> None:
    page = visit(ARTICLE, PHONE)
    mark = page.locator(".citation a").first
    press(page, mark)
    note = page.locator(".citation-note")
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport()
    expect(mark).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    assert note.evaluate("note => note.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    expect(mark).to_be_focused()
    assert mark.get_attribute("aria-expanded") in (None, "false")


def test_the_contents_lead_to_their_heading_and_tab_goes_on_from_there(
    visit: Callable[..., Page], scripts: bool
) -> None:
    page = visit(ARTICLE, PHONE, java_script_enabled=scripts)
    press(page, page.locator(".contents summary"))
    link = page.locator(".contents a").nth(1)
    press(page, link)
    target = page.locator(":target")
    expect(target).to_contain_text(link.inner_text().strip().split("\n")[-1])
    expect(target).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert target.evaluate(
        """heading => heading.compareDocumentPosition(document.activeElement)
          & Node.DOCUMENT_POSITION_FOLLOWING"""
    )


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_question_opens_and_closes(
    visit: Callable[..., Page], key: str, scripts: bool
) -> None:
    page = visit(ARTICLE, java_script_enabled=scripts)
    question = page.locator(".questions__item").first
    answer = question.locator(".questions__answer")
    before = answer.is_visible()
    press(page, question.locator("summary"), key)
    expect(answer).to_be_visible(visible=not before)
    page.keyboard.press(key)
    expect(answer).to_be_visible(visible=before)


def test_a_mistake_is_announced_and_leads_to_its_field(
    visit: Callable[..., Page], scripts: bool
) -> None:
    page = visit(STEP, java_script_enabled=scripts)
    form = page.locator("form.form")
    press(page, form.get_by_role("button", name="Continue"))

    summary = page.locator(".error-summary")
    expect(summary.get_by_role("heading")).to_be_focused()
    expect(summary.get_by_role("heading")).to_be_in_viewport()
    links = summary.get_by_role("link")
    assert links.count() == 1
    for number in range(links.count()):
        press(page, links.nth(number))
        target = page.locator(":target")
        expect(target).to_be_in_viewport()
        described = target.evaluate(DESCRIPTION)
        assert "Error:" in described, links.nth(number).inner_text()


def test_a_form_is_filled_in_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit(STEP)
    form = page.locator("form.form")
    choice = form.get_by_role("radio").first
    choice.focus()
    page.keyboard.press("Space")
    expect(choice).to_be_checked()
    press(page, form.get_by_role("button", name="Continue"))
    box = form.get_by_role("checkbox").first
    press(page, box, "Space")
    expect(box).to_be_checked()
