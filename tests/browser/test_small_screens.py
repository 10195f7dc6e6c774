"""On a telephone a table is read row by row, a picture large, and a mark is hit."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    BrowserContext,
    BrowserType,
    Page,
    expect,
)

from articles.models.index_page import ArticleIndexPage
from evidence.models import Reference
from home.models import ContentPage
from tests.helpers.chromium import PATIENCE
from tests.helpers.factories import ArticlePageFactory, SiteImageFactory

LARGE_TEXT = "--blink-settings=defaultFontSize=32"
# Of a table's rows: where its cells are, and what stands above each.
CELLS = """table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => ({
  left: cell.getBoundingClientRect().left,
  top: cell.getBoundingClientRect().top,
  label: getComputedStyle(cell, "::before").content,
})))"""
# How far to each side of its middle a mark is hit, in pixels.
REACH = """mark => {
  mark.scrollIntoView({ block: "center" });
  const box = mark.getClientRects()[0];
  const hit = (x, y) => document.elementFromPoint(x, y) === mark;
  const along = (x, y) => {
    let steps = 0;
    const [left, top] = [box.left + 0.5, box.top + 0.5];
    for (let at = 0; at < (x ? box.width : box.height) - 1; at++) {
      const middle = [box.left + box.width / 2, box.top + box.height / 2];
      if (hit(x ? left + at : middle[0], y ? top + at : middle[1])) steps++;
    }
    return steps;
  };
  return [along(1, 0), along(0, 1)];
}"""


@pytest.fixture
def page(patient: BrowserContext) -> Page:
    return patient.new_page()


@pytest.fixture
def article(demonstration: str, quick_pictures: None) -> str:
    """The address of an article with citations, alone and in a row, and a picture."""
    marks = [
        f'<embed embedtype="citation" id="{reference.pk}"/>'
        for reference in Reference.objects.order_by("pk")[:4]
    ]
    text = f"<p>{'Nobody knows yet. ' * 9}Perhaps{marks[3]}. {'It may be so. ' * 9}"
    image = SiteImageFactory(file__width=2000, file__height=1200)
    image.contextual_alt_text = "Two people on a sea wall"
    article = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(),
        body=[
            ("paragraph", f"{text}Many say so{marks[0]}{marks[2]}, some not.</p>"),
            ("figure", {"image": image, "caption": "<p>A caption.</p>"}),
        ],
    )
    return str(article.full_url)


def cost_page() -> str:
    return str(ContentPage.objects.get(slug="cost").full_url)


def roles(page: Page) -> list[tuple[str, str]]:
    """Roles and names in the tree that is read aloud, from the table on."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    found = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]
    start = next(number for number, node in enumerate(found) if node[0] == "table")
    return found[start:]


class TestTables:
    def test_stack_by_row_with_their_headers_below_40_rem(
        self, page: Page, demonstration: str
    ) -> None:
        page.set_viewport_size({"width": 639, "height": 800})
        page.goto(cost_page())
        table = page.locator("table").first
        headers = table.locator("thead th").all_text_contents()

        rows = table.evaluate(CELLS)
        assert len(rows) > 2
        for row in rows:
            assert len({cell["left"] for cell in row}) == 1
            tops = [cell["top"] for cell in row]
            assert tops == sorted(set(tops))
            labels = [cell["label"].split('"')[1] for cell in row[1:]]
            assert labels == headers[-len(labels) :]

        page.set_viewport_size({"width": 640, "height": 800})
        for row in table.evaluate(CELLS):
            assert len({cell["left"] for cell in row}) == len(row)
            assert {cell["label"] for cell in row} == {"none"}

    def test_are_read_aloud_as_tables_at_any_width(
        self, page: Page, demonstration: str
    ) -> None:
        page.set_viewport_size({"width": 1000, "height": 800})
        page.goto(cost_page())
        wide = roles(page)
        page.set_viewport_size({"width": 375, "height": 800})
        narrow = roles(page)

        def of_tables(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
            kinds = ("table", "row", "rowheader", "columnheader", "cell")
            return [node for node in found if node[0] in kinds]

        assert of_tables(narrow) == of_tables(wide)
        assert ("columnheader", "Price") in narrow
        assert sum(role == "rowheader" for role, _ in narrow) > 2
        # Each header is said once, as the header that it is.
        assert narrow.count(("StaticText", "Price")) == 1


class TestMarks:
    @pytest.mark.parametrize("width", [375, 1440])
    def test_are_hit_within_24_pixels_each_way(
        self, page: Page, article: str, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(article)
        marks = page.locator(".citation > a:visible").all()

        reaches = [mark.evaluate(REACH) for mark in marks]

        assert len(marks) == 3
        assert [reach for reach in reaches if min(reach) < 24] == []

    def test_leave_the_lines_of_a_text_where_they_are(
        self, page: Page, article: str
    ) -> None:
        page.set_viewport_size({"width": 375, "height": 800})
        page.goto(article)
        paragraph = page.locator(".body > .paragraph p:has(.citation)").first

        lines = paragraph.evaluate(
            "p => p.getBoundingClientRect().height / parseFloat("
            "getComputedStyle(p).lineHeight)"
        )

        assert lines == pytest.approx(round(lines), abs=0.05)


class TestPictures:
    @pytest.mark.parametrize("width", [375, 1440])
    def test_are_enlarged_to_the_whole_screen_and_beyond(
        self, page: Page, article: str, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(article)
        figure = page.locator("figure-view").first
        before = figure.locator("img").bounding_box()
        assert before
        figure.locator(".figure__enlarge").focus()
        page.keyboard.press("Enter")

        dialog = page.locator(".figure-dialog")
        view = dialog.get_by_role("group")
        picture = view.locator("img")
        expect(view).to_be_focused()
        expect(view).to_have_accessible_name("Two people on a sea wall")
        expect(dialog).to_have_js_property("offsetWidth", width)
        expect(dialog).to_have_js_property("offsetHeight", 700)
        picture.evaluate("picture => picture.decode()")
        after = picture.bounding_box()
        assert after
        assert after["width"] > 2 * before["width"]
        files = picture.evaluate("picture => picture.currentSrc")
        assert "width-1600" in files

        page.keyboard.press("End")
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        expect(view).not_to_have_js_property("scrollLeft", 0)
        page.keyboard.press("Shift+Tab")
        expect(dialog.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog).to_have_count(0)
        expect(figure.locator(".figure__enlarge")).to_be_focused()


@pytest.fixture
def large_text(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    demonstration: str,
) -> Iterator[Page]:
    """A small phone whose owner reads text twice as large."""
    arguments = [*browser_type_launch_args["args"], LARGE_TEXT]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    page = browser.new_page(
        base_url=demonstration, viewport={"width": 320, "height": 800}
    )
    page.set_default_timeout(PATIENCE)
    yield page
    browser.close()


def test_nothing_scrolls_sideways_with_text_twice_as_large(
    large_text: Page, article: str
) -> None:
    page = large_text
    wide = []
    for address in (
        "/",
        "/apply/",
        "/people/",
        "/stories/",
        "/cost/",
        "/search/?query=cells",
        "/nowhere/",
        article,
    ):
        page.goto(address)
        assert (
            page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 36
        )
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append((address, width))

    assert wide == []
