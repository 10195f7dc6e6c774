"""Whatever editors type, nothing overlaps, sticks out or is cut off, on any screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page

from tests.browser import bad_content
from tests.helpers.demonstration_copy import stored_in

SIZES = (320, 375, 768, 1440)
FAULTS = (Path(__file__).parent / "layout.js").read_text()
# Of text above other text there is plenty where a menu stands open over the page.
COVERED = "stands on other text"


@pytest.fixture
def page(patient: BrowserContext) -> Page:
    return patient.new_page()


@pytest.fixture(scope="module")
def paths(demonstration: str, uploads: Path) -> dict[str, str]:
    """Addresses of the pages, by their names."""
    from django.test import override_settings

    with override_settings(**stored_in(uploads)):
        return bad_content.Pages().paths


@pytest.fixture
def full_menu(demonstration: str) -> Iterator[Any]:
    """``full_menu(12)`` gives the menu twelve items; the demonstration's come back."""
    from core.models.site_settings import NavigationSettings

    before = NavigationSettings.objects.get()
    yield bad_content.fill_the_menu
    before.save()
    cache.clear()


def faults(page: Page, size: int) -> list[str]:
    """What is wrong with the page in a window of this width, every picture loaded."""
    page.set_viewport_size({"width": size, "height": 900})
    page.evaluate(
        """Promise.all(Array.from(document.images, image => {
          image.loading = "eager";
          return image.decode().catch(() => {});
        }))"""
    )
    found: list[str] = page.evaluate(FAULTS)
    return [f"{size}: {fault}" for fault in found]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_every_page_is_whole_at_every_size(
    page: Page, demonstration: str, paths: dict[str, str], direction: str
) -> None:
    found = {}
    for name, path in paths.items():
        response = page.goto(demonstration + path)
        assert response, name
        assert response.status == 200, name
        page.evaluate("way => { document.documentElement.dir = way }", direction)
        if wrong := [fault for size in SIZES for fault in faults(page, size)]:
            found[name] = wrong

    assert len(paths) > 20
    assert found == {}


@pytest.mark.parametrize(
    "path", [f"/search/?query={bad_content.WORD}", f"/{bad_content.WORD}/"]
)
def test_so_is_what_answers_to_bad_addresses(
    page: Page, demonstration: str, paths: dict[str, str], path: str
) -> None:
    page.goto(demonstration + path)

    assert [fault for size in SIZES for fault in faults(page, size)] == []


@pytest.mark.parametrize("items", [12, 7, 0])
def test_a_menu_of_any_length_leaves_room_for_the_page(
    page: Page, demonstration: str, paths: dict[str, str], full_menu: Any, items: int
) -> None:
    full_menu(items)
    page.goto(demonstration + paths["empty-page"])

    found = [fault for size in (*SIZES, 1000) for fault in faults(page, size)]

    assert found == []


@pytest.mark.parametrize("items", [12, 7])
@pytest.mark.parametrize("size", SIZES)
def test_a_long_menu_opens_within_the_screen(
    page: Page,
    demonstration: str,
    paths: dict[str, str],
    full_menu: Any,
    items: int,
    size: int,
) -> None:
    full_menu(items)
    page.set_viewport_size({"width": size, "height": 900})
    page.goto(demonstration + paths["empty-page"])
    button = page.get_by_role("button", name="Menu", exact=True)
    if button.is_visible():
        button.click()

    page.locator(".menu__group summary").first.click()

    assert [fault for fault in faults(page, size) if COVERED not in fault] == []
    last = page.locator(".menu").get_by_role("link", name="Search")
    last.scroll_into_view_if_needed()
    assert last.is_visible()


def test_a_lost_picture_leaves_words_or_nothing(
    page: Page, demonstration: str, paths: dict[str, str]
) -> None:
    page.goto(demonstration + paths["lost-picture"])

    faults(page, 375)

    assert page.locator("img[src*='not-found']:visible").count() == 2
    assert page.locator("img[src*='not-found'][alt='A line.']:visible").count() == 2


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("h1 { inline-size: 200vw }", "scrolls sideways"),
        ("h1 { position: fixed; inset-inline-start: -9px }", "sticks out"),
        ("h1 { inline-size: 1rem; overflow: clip; white-space: pre }", "is cut off"),
        ("h1 { margin-block-end: -3rem }", COVERED),
        ("header { min-block-size: 50vh }", "the header is"),
        ("img { display: block }", "is broken and says nothing"),
    ],
)
def test_the_eye_sees_what_is_wrong(
    page: Page, demonstration: str, paths: dict[str, str], style: str, fault: str
) -> None:
    """The check itself: each kind of fault, made on purpose."""
    page.goto(demonstration + paths["lost-picture"])
    page.evaluate(
        """style => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(style);
          document.adoptedStyleSheets.push(sheet);
        }""",
        style,
    )

    assert any(fault in found for found in faults(page, 375))
