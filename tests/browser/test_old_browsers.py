"""A browser from the beginning of 2023 still reads, navigates and applies.

It gets the style sheet that is deployed, in which every word that such a browser does
not know is exchanged for one that no browser knows; and it has no popovers.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from config.staticfiles import STYLE, inlined, lowered
from django.core.files.storage import FileSystemStorage
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from applications.models.applications import Application
from applications.models.pages import ApplicationFormPage
from articles.models.article_page import ArticlePage
from home.models import HomePage
from tests.browser.test_application_journey import (
    illness,
    precheck,
    rest,
    send,
    you,
)
from tests.helpers.chromium import PATIENCE
from tests.helpers.factories_applications import ApplicationFormPageFactory

STATIC = Path(__file__).parents[2] / "site" / "static"
UNHEARD_OF = {
    "popovers": [":popover-open"],
    ":has()": [":has("],
    "the rest": ["light-dark(", "subgrid", "::details-content", "text-wrap"],
}
# What such a browser does with an element that says it is a popover: nothing.
NO_POPOVERS = "@layer tokens { [popover] { all: unset; display: block } }"
FORGET_POPOVERS = """
for (const name of ["popover", "showPopover", "hidePopover", "togglePopover"]) {
  delete HTMLElement.prototype[name];
}
"""
PHONE, DESKTOP = (375, 800), (1280, 800)
# The colours of a field and of the page, as red, green, blue and opacity, up to 255.
COLOURS = """field => {
  const canvas = document.createElement("canvas").getContext("2d");
  const channels = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const style = getComputedStyle(field);
  return {
    border: channels(style.borderBlockStartColor),
    width: parseFloat(style.borderBlockStartWidth),
    background: channels(style.backgroundColor),
    ink: channels(style.color),
    paper: channels(getComputedStyle(document.body).backgroundColor),
  };
}"""


def old_style(*unheard_of: str) -> str:
    folder = FileSystemStorage(STATIC)
    names = [str(path.relative_to(STATIC)) for path in STATIC.glob("css/*.css")]
    css = lowered("".join(inlined(STYLE, {name: (folder, name) for name in names})))
    for kind in unheard_of:
        for word in UNHEARD_OF[kind]:
            unknown = word.replace(word.strip(":("), "unheard-of")
            css = css.replace(word, unknown)
    return css


@pytest.fixture
def browser_of_then(
    browser: Browser, demonstration: str
) -> Iterator[Callable[..., Page]]:
    """``browser_of_then(size, ":has()", …)`` does not know what is named."""
    contexts: list[BrowserContext] = []

    def window(size: tuple[int, int], *unheard_of: str) -> Page:
        width, height = size
        context = browser.new_context(
            base_url=demonstration, viewport={"width": width, "height": height}
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        css = old_style(*unheard_of)
        if "popovers" in unheard_of:
            context.add_init_script(FORGET_POPOVERS)
            css += NO_POPOVERS

        def serve(route: Route) -> None:
            route.fulfill(body=css, content_type="text/css")

        context.route("**/static/css/site.css", serve)
        return context.new_page()

    yield window
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test answers faster than people do."""
    monkeypatch.setattr("applications.applying.steps.reviewing.FASTEST", 0)


@pytest.fixture
def article(demonstration: str) -> str:
    """The address of a short article with a picture and a citation."""
    articles = [
        page for page in ArticlePage.objects.live() if "figure-view" in str(page.body)
    ]
    return str(min(articles, key=lambda page: len(str(page.body))).url)


def contrast(one: list[int], other: list[int]) -> int:
    return max(abs(a - b) for a, b in zip(one[:3], other[:3], strict=True))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_field_is_seen_in_either_theme(
    browser_of_then: Callable[..., Page], theme: Any
) -> None:
    page = browser_of_then(PHONE, *UNHEARD_OF)
    page.emulate_media(color_scheme=theme)
    home = HomePage.objects.get()
    form = home.get_children().filter(slug="one-page").first()
    form = form or ApplicationFormPageFactory(parent=home, slug="one-page")
    page.goto(form.url)

    fields = page.locator(".form :is(input[type=text], input[type=email], textarea)")
    seen = [field.evaluate(COLOURS) for field in fields.all() if field.is_visible()]

    assert len(seen) > 5
    for field in seen:
        paper = field["paper"]
        assert (sum(paper[:3]) > 3 * 128) is (theme == "light")
        assert field["width"] >= 1
        assert field["border"][3] == field["background"][3] == paper[3] == 255
        assert contrast(field["border"], paper) > 80
        assert contrast(field["ink"], field["background"]) > 150


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("unheard_of", [["popovers"], [*UNHEARD_OF]], ids=len)
def test_without_popovers_the_menu_stands_open_on_the_page(
    browser_of_then: Callable[..., Page], size: tuple[int, int], unheard_of: list[str]
) -> None:
    page = browser_of_then(size, *unheard_of)
    page.goto("/")
    menu = page.locator("#menu")

    expect(page.locator(".menu__button:visible")).to_have_count(0)
    top = menu.bounding_box()
    main = page.locator("main").bounding_box()
    assert top
    assert main
    assert top["y"] + top["height"] <= main["y"]
    for link in menu.locator(".menu__list > li > :is(a, details > summary)").all():
        expect(link).to_be_in_viewport(ratio=1)
    menu.get_by_text("Treatment", exact=True).click()
    menu.get_by_role("link", name="What it costs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What treatment costs")


def test_without_has_the_menu_opens_by_its_button_on_any_screen(
    browser_of_then: Callable[..., Page],
) -> None:
    page = browser_of_then(DESKTOP, ":has()")
    page.goto("/")

    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("#menu").get_by_role("link", name="Blog").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Blog")


def test_somebody_applies(browser_of_then: Callable[..., Page]) -> None:
    before = Application.objects.count()
    page = browser_of_then(PHONE, *UNHEARD_OF)
    page.goto(ApplicationFormPage.objects.get(slug="apply").url)

    precheck(page)
    you(page)
    illness(page)
    rest(page)

    assert send(page)
    assert Application.objects.count() == before + 1


def test_a_reader_follows_a_citation_and_enlarges_a_picture(
    browser_of_then: Callable[..., Page], article: str
) -> None:
    page = browser_of_then(DESKTOP, *UNHEARD_OF)
    page.goto(article)
    text, rubric = page.locator(".article > .body"), page.locator(".contents")
    assert text.bounding_box()["x"] >= (  # type: ignore[index]
        rubric.bounding_box()["x"] + rubric.bounding_box()["width"]  # type: ignore[index]
    )

    page.locator(".figure__enlarge").first.click()
    expect(page.locator("dialog img")).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()
    page.locator(".citation a").first.click()

    expect(page).to_have_url(re.compile("#reference-"))
    expect(page.locator(":target")).to_be_in_viewport()


def test_no_page_is_wider_than_a_small_phone(
    browser_of_then: Callable[..., Page], article: str
) -> None:
    page = browser_of_then((320, 800), *UNHEARD_OF)
    for address in ("/", ApplicationFormPage.objects.get(slug="apply").url, article):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address
