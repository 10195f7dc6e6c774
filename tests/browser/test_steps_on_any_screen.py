"""Each step of a form on a line that breaks, on small screens, and enlarged."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from applications.models import ApplicationFormPage
from tests.browser.test_application_journey import (
    MEDICINES,
    MS,
    RELAPSE,
    choose,
    heading,
    proceed,
)
from tests.helpers.chromium import PATIENCE

FAULTS = (Path(__file__).parent / "layout.js").read_text()
SLOW = {"latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
# Width and height of three phones, and of a window four times as large at 400 %.
SCREENS = [(360, 640), (390, 844), (412, 915), (320, 256)]
# As much as readers may need: https://www.w3.org/TR/WCAG22/#text-spacing
SPACED = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
} p { margin-block-end: 2em !important; }"""
# What was typed, ticked and chosen, by field.
TYPED = """() => Object.fromEntries([...document.querySelectorAll(
  "main form.form :is(input, textarea, select):not([type=hidden], [type=file])"
)].map(({ id, value, type, checked }) =>
  [id, ["radio", "checkbox"].includes(type) ? checked : value]))"""
# Fields and buttons of which nothing but their place is to be seen. Browsers draw those
# to tick and those for files.
UNMARKED = """() => [...document.querySelectorAll(
  "main :is(input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), "
  + "textarea, select, .button)"
)].filter((one) => one.checkVisibility({ opacityProperty: true }))
  .filter((one) => {
    const { borderTopStyle, borderTopWidth } = getComputedStyle(one);
    return borderTopStyle === "none" || borderTopWidth === "0px";
  }).map((one) => one.outerHTML.slice(0, 120))"""


def you(page: Page) -> None:
    page.get_by_label("I agree that Marram Quay Clinic stores").check()
    page.get_by_label("Your full name").fill("Ada Ternhaven")
    page.get_by_label("E-mail address").fill("ada@example.org")


def illness(page: Page) -> None:
    page.get_by_label("Relapsing-remitting").check()
    page.get_by_label("In which year were you diagnosed?").fill("2015")
    choose(page, RELAPSE, "No")


# Each step by its heading, and what is filled in there.
STEPS: list[tuple[str, Callable[[Page], None]]] = [
    ("Can we help at all?", lambda page: choose(page, MS, "Yes")),
    ("You", you),
    ("Your illness", illness),
    (
        "Your medicines",
        lambda page: page.get_by_label(re.compile("^Which medicines")).fill(MEDICINES),
    ),
    ("How we reach you", lambda page: page.get_by_label("By letter").check()),
]


@pytest.fixture
def window(
    browser: Browser, browser_context_args: dict[str, Any], demonstration: str
) -> Iterator[Callable[..., Page]]:
    """``window(scripts)`` is a window on the first step."""
    contexts = []

    def open_(scripts: bool = True) -> Page:
        context = browser.new_context(
            **browser_context_args | {"viewport": {"width": 360, "height": 640}},
            java_script_enabled=scripts,
            bypass_csp=scripts,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(ApplicationFormPage.objects.get().get_full_url())
        page.get_by_role("link", name="Begin", exact=True).click()
        return page

    yield open_
    for context in contexts:
        context.close()


class Line:
    """The line that a window hangs on: 50 kB a second, or nothing."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.cut(False)

    def cut(self, is_cut: bool = True) -> None:
        conditions = {**SLOW, "offline": is_cut}
        self.session.send("Network.emulateNetworkConditions", conditions)


def breaks_with_a_notice(page: Page, line: Line) -> None:
    line.cut()
    proceed(page)
    expect(page.locator("offline-notice")).to_be_visible()
    line.cut(False)


def breaks_with_an_error_page(page: Page, line: Line) -> None:
    line.cut()
    proceed(page)
    page.wait_for_url("chrome-error:**")
    line.cut(False)
    page.go_back()


def breaks_under_way(page: Page, line: Line) -> None:
    """The device thinks that it is on line, and what it sends never arrives."""
    page.route(re.compile(r"\?saving"), lambda route: route.abort("connectionreset"))
    proceed(page)
    page.wait_for_url("chrome-error:**")
    page.unroute_all()
    page.go_back()


@pytest.mark.parametrize(
    ("scripts", "breaks"),
    [
        (True, breaks_with_a_notice),
        (True, breaks_under_way),
        (False, breaks_with_an_error_page),
    ],
)
def test_a_line_that_breaks_at_every_step_costs_no_word(
    window: Callable[..., Page], scripts: bool, breaks: Callable[[Page, Line], None]
) -> None:
    page = window(scripts)
    line = Line(page)
    for title, fill in STEPS:
        heading(page, title)
        fill(page)
        typed = page.evaluate(TYPED)

        breaks(page, line)

        heading(page, title)
        assert page.evaluate(TYPED) == typed, title
        proceed(page)
    heading(page, "Check your answers")
    for words in ("Ada Ternhaven", "ada@example.org", "2015", "Baclofen 10 mg"):
        expect(page.locator("main")).to_contain_text(words)


def test_every_step_fits_phones_and_enlarged_spaced_and_forced_looks(
    window: Callable[..., Page],
) -> None:
    page = window()
    seen = []

    def look() -> None:
        seen.append(page.get_by_role("heading", level=1).inner_text())
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            found = page.evaluate(FAULTS)
            # At 400 % a masthead of one line may be a third of the screen.
            large = [f for f in found if not (height < 300 and "header is" in f)]
            assert large == [], (seen[-1], width)
        page.emulate_media(forced_colors="active")
        assert page.evaluate(UNMARKED) == [], seen[-1]
        page.emulate_media(forced_colors="none")
        style = page.add_style_tag(content=SPACED)
        found = page.evaluate(FAULTS)
        assert [f for f in found if "header is" not in f] == [], ("spaced", seen[-1])
        style.evaluate("style => style.remove()")

    heading(page, STEPS[0][0])
    choose(page, MS, "No")
    proceed(page)
    heading(page, "We can probably not help you here")
    look()
    page.get_by_role("link", name="Back to my answers").click()
    for title, fill in STEPS:
        heading(page, title)
        look()
        if title == "You":
            proceed(page)
            summary = page.locator(".error-summary").get_by_role("heading")
            expect(summary).to_be_focused()
            expect(summary).to_be_in_viewport()
            look()
            page.get_by_role("link", name=re.compile("Enter your full name")).click()
            expect(page.get_by_label("Your full name")).to_be_focused()
            expect(page.get_by_text("Your full name", exact=True)).to_be_in_viewport()
        fill(page)
        proceed(page)
    heading(page, "Check your answers")
    look()

    assert len(seen) == len(STEPS) + 3
