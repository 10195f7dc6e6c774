"""axe-core finds nothing wrong, and everything fits, wherever visitors can come."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import BrowserType, Page

from tests.helpers import axe
from tests.quality import measures
from tests.quality.places import ARTICLE, FRONT, STYLE_GUIDE, Place
from tests.quality.site import ServedSite

WIDTHS = (320, 768, 1440)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHT = 900
# Chromium's setting for text twice as large as usual.
LARGE_TEXT = "--blink-settings=defaultFontSize=32"
# A letter stands inside a mail program, which has the landmarks.
ONLY_FOR_PAGES = ("region", "landmark-one-main")

# By kind and by fault, where it was found: "320 light", …
Faults = dict[str, dict[str, list[str]]]


class Examiner:
    """Looks at what a window shows, and keeps what is wrong by its kind."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.found: Faults = defaultdict(lambda: defaultdict(list))
        self.place = ""

    def note(self, kind: str, fault: str, where: str = "") -> None:
        self.found[kind][f"{self.place}: {fault}"].append(where)

    def listen(self, page: Page) -> None:
        """Note what goes wrong while pages load."""

        def requested(request: Any) -> None:
            if urlsplit(request.url).netloc not in (self.host, ""):
                self.note("request", request.url)

        def said(message: Any) -> None:
            # That the page itself is, say, a 404 is what was asked for.
            if message.type in ("error", "warning") and not (
                message.location["url"] == page.url and "status of" in message.text
            ):
                self.note("console", message.text)

        page.on("request", requested)
        page.on("console", said)
        page.on("pageerror", lambda error: self.note("console", error.message))

    def examine(self, page: Page) -> None:
        """Look at what is shown, at every width and in both themes."""
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            for fault in page.evaluate(measures.TOO_WIDE):
                self.note("width", fault, str(width))
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                self.run_axe(page, f"{width} {theme}")

    def run_axe(self, page: Page, where: str = "") -> None:
        for fault in axe.faults(page):
            if not ("/letter-" in self.place and fault.startswith(ONLY_FOR_PAGES)):
                self.note("axe", fault, where)

    def restyle(self, page: Page) -> None:
        """Look at what is left of the page under a reader's own style sheet."""
        page.evaluate(measures.RESTYLE, measures.TEXT_SPACING)
        for width in (WIDTHS[0], WIDTHS[-1]):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            self.check_fit(page, "spacing", width)

    def check_fit(self, page: Page, kind: str, width: int) -> None:
        for measure in (measures.TOO_WIDE, measures.CLIPPED):
            for fault in page.evaluate(measure):
                self.note(kind, fault, str(width))


@pytest.fixture(scope="module")
def found(
    site: ServedSite,
    every_place: list[Place],
    window: Callable[..., Page],
    staff_window: Page,
    say: Callable[[str], None],
) -> Faults:
    """What is wrong anywhere, by its kind, after one visit of everything."""
    examiner = Examiner(urlsplit(site.url).netloc)
    visitor = window()
    examiner.listen(visitor)
    examiner.listen(staff_window)
    for number, place in enumerate(every_place, start=1):
        if number % 10 == 1:
            say(f"{number} of {len(every_place)}: {place}")
        examiner.place = str(place)
        page = staff_window if place.staff else visitor
        place.open(page)
        examiner.examine(page)
        examiner.restyle(page)
    return examiner.found


@pytest.fixture
def large_text(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    site: ServedSite,
) -> Iterator[Page]:
    """A window of somebody whose browser shows text twice as large (WCAG 1.4.4)."""
    arguments = [
        *browser_type_launch_args["args"],
        LARGE_TEXT,
    ]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    yield browser.new_page(
        base_url=site.url, viewport={"width": WIDTHS[-1], "height": HEIGHT}
    )
    browser.close()


def no_faults(faults: dict[str, list[str]]) -> None:
    assert not faults, "".join(
        f"\n{fault} [{', '.join(where)}]" for fault, where in sorted(faults.items())
    )


def test_axe_finds_nothing_at_any_width_in_either_theme(
    found: Faults,
) -> None:
    no_faults(found["axe"])


def test_nothing_is_wider_than_the_screen(found: Faults) -> None:
    no_faults(found["width"])


def test_the_browser_reports_no_error(found: Faults) -> None:
    no_faults(found["console"])


def test_nothing_is_asked_of_another_host(found: Faults) -> None:
    no_faults(found["request"])


def test_text_set_wider_by_its_reader_is_neither_cut_off_nor_too_wide(
    found: Faults,
) -> None:
    no_faults(found["spacing"])


def test_text_twice_as_large_is_neither_cut_off_nor_too_wide(
    every_place: list[Place], large_text: Page, say: Callable[[str], None]
) -> None:
    say("With text twice as large ...")
    examiner = Examiner("")
    for place in every_place:
        if not place.staff:
            examiner.place = str(place)
            place.open(large_text)
            for width in (WIDTHS[0], WIDTHS[-1]):
                large_text.set_viewport_size({"width": width, "height": HEIGHT})
                examiner.check_fit(large_text, "larger", width)
    no_faults(examiner.found["larger"])


def open_menu(page: Page) -> None:
    page.locator("[popovertarget=menu]").first.click()
    page.locator(".menu__group summary").first.click()


def open_group(page: Page) -> None:
    page.locator(".menu__group summary").first.click()


def open_note(page: Page) -> None:
    page.locator(".citation a").first.click()
    page.locator(".citation-note").wait_for()


def open_figure(page: Page) -> None:
    page.locator(".figure__enlarge").first.click()
    page.locator("dialog[open]").wait_for()


def move_stories(page: Page) -> None:
    row = page.locator("sliding-row").first
    row.get_by_role("button").last.click()


def open_everything(page: Page) -> None:
    page.evaluate(
        "() => document.querySelectorAll('main details').forEach("
        "part => { part.open = true; })"
    )


@pytest.mark.parametrize(
    ("path", "act", "width"),
    [
        (FRONT, open_menu, 320),
        (FRONT, open_group, 1440),
        (ARTICLE, open_note, 320),
        (ARTICLE, open_note, 1440),
        (ARTICLE, open_figure, 320),
        (ARTICLE, open_figure, 1440),
        (FRONT, move_stories, 320),
        (ARTICLE, open_everything, 320),
        (ARTICLE, open_everything, 1440),
    ],
)
def test_axe_finds_nothing_in_what_a_reader_opens(
    window: Callable[..., Page],
    path: str,
    act: Callable[[Page], None],
    width: int,
) -> None:
    examiner = Examiner("")
    page = window(viewport={"width": width, "height": HEIGHT})
    page.goto(path)
    act(page)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        examiner.run_axe(page, theme)
    for fault in page.evaluate(measures.TOO_WIDE):
        examiner.note("axe", fault)
    page.close()
    no_faults(examiner.found["axe"])


def test_the_button_to_play_is_painted_above_its_picture_in_either_theme(
    staff_window: Page,
) -> None:
    page = staff_window
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        page.goto(f"{STYLE_GUIDE}blocks/core-outside-video/")
        button = page.locator(".outside-video__play")
        wanted = button.evaluate("b => getComputedStyle(b).backgroundColor")
        with Image.open(BytesIO(button.screenshot())) as shot:
            # Left of its words.
            pixel = shot.convert("RGB").getpixel((8, shot.height // 2))
        assert wanted == f"rgb{pixel}", theme


def test_axe_does_find_faults(window: Callable[..., Page]) -> None:
    page = window()
    page.goto(FRONT)
    page.evaluate("() => document.querySelector('h1').after(new Image())")
    examiner = Examiner("")
    examiner.run_axe(page)
    page.close()
    assert any("image-alt" in fault for fault in examiner.found["axe"])
