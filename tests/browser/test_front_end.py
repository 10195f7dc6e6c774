"""What the front end does in a browser: by mouse, by keyboard, without scripts."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    APIRequestContext,
    Browser,
    BrowserContext,
    Page,
    expect,
)

from articles.models.article_page import ArticlePage
from evidence.models import Reference

SIZES = (320, 768, 1440)


@pytest.fixture
def page(patient: BrowserContext) -> Page:
    return patient.new_page()


@pytest.fixture
def addresses(page: Page, demonstration: str) -> list[str]:
    """Every address in the sitemap."""
    found = _locations(page.request, f"{demonstration}/sitemap.xml")
    assert len(found) > 15
    return found


def _locations(request: APIRequestContext, sitemap: str) -> list[str]:
    found: list[str] = re.findall(r"<loc>([^<]+)</loc>", request.get(sitemap).text())
    return [
        address
        for location in found
        for address in (
            _locations(request, location) if location.endswith(".xml") else [location]
        )
    ]


@pytest.fixture
def article(demonstration: str) -> str:
    """The address of the longest article."""
    longest = max(ArticlePage.objects.live(), key=lambda page: len(str(page.body)))
    return str(longest.full_url)


@pytest.fixture
def without_scripts(browser: Browser) -> Any:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 375, "height": 800}
    )
    yield context.new_page()
    context.close()


def test_a_reader_opens_and_closes_everything_from_the_keyboard(
    page: Page, article: str
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(article)

    # A citation opens its reference in place, and gives the focus back.
    citation = page.locator(".citation a").first
    citation.focus()
    page.keyboard.press("Enter")
    note = page.locator(".citation-note")
    expect(note).to_be_visible()
    expect(note).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    expect(citation).to_be_focused()

    # A group of the menu.
    group = page.locator(".menu__group summary").first
    group.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu__children").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".menu__children").first).to_be_hidden()
    expect(group).to_be_focused()

    # A picture.
    enlarge = page.locator(".figure__enlarge").first
    enlarge.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".figure-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".figure-dialog")).to_have_count(0)
    expect(enlarge).to_be_focused()

    # The contents mark what is being read.
    last = page.locator(".contents__box > ol > li > a").last
    last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".contents [aria-current]")).to_have_count(1)


def test_without_scripts_menu_contents_and_citations_still_lead_there(
    without_scripts: Page, article: str
) -> None:
    page = without_scripts
    page.goto(article)

    page.locator(".menu__button").first.click()
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()

    page.locator(".contents summary").click()
    page.locator(".contents a").first.click()
    assert "#" in page.url

    page.locator(".citation a").first.click()
    assert "#reference-" in page.url
    page.locator(":target .references__backlinks a").first.click()
    assert "#cite-" in page.url


def test_a_citation_opens_with_its_work_and_what_was_studied(
    page: Page, article: str
) -> None:
    Reference.objects.update(
        study_design="randomised-trial",
        species="human",
        sample_size=48,
        population="adults who walk",
        funding="the Example Foundation",
    )
    page.goto(article)

    page.locator(".citation a").first.click()

    note = page.locator(".citation-note")
    first = page.locator(".references__item").first
    title = first.locator(".references__text p").first.inner_text()
    expect(note).to_contain_text(title)
    expect(note).to_contain_text(
        "Randomised trial in people · 48 adults who walk · Paid for by the Example "
        "Foundation"
    )
    assert note.locator("a").first.get_attribute("href", timeout=1000) == (
        first.locator("a").first.get_attribute("href")
    )
    note.get_by_role("link", name="In the list of references").click()
    expect(note).to_have_count(0)
    assert page.url.endswith("#reference-1")


def test_a_reference_is_copied_as_bibtex_and_that_is_said(
    page: Page, article: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(article)
    button = page.get_by_role("button", name="Copy BibTeX of reference 2")
    expect(page.locator("copy-bibtex [role=status]")).to_have_text("")

    button.focus()
    page.keyboard.press("Enter")

    expect(page.locator("copy-bibtex [role=status]")).to_have_text("Copied")
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@article{")
    expect(button).to_be_visible()


def test_a_reference_is_downloaded_where_it_cannot_be_copied(
    page: Page, article: str
) -> None:
    page.add_init_script(
        "Clipboard.prototype.write = () => Promise.reject(new Error('refused'))"
    )
    page.goto(article)

    with page.expect_download() as download:
        page.get_by_role("button", name="Copy BibTeX of reference 1").click()

    assert download.value.suggested_filename.endswith(".bib")
    expect(page.locator("copy-bibtex a[download]")).to_have_count(0)


def test_without_scripts_a_reference_is_downloaded(
    without_scripts: Page, article: str
) -> None:
    page = without_scripts
    page.goto(article)

    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX of reference 1").click()

    assert download.value.path().read_text().startswith("@article{")


def test_nothing_is_wider_than_the_screen(
    page: Page, demonstration: str, some: Callable[..., Any]
) -> None:
    wider = (
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    page.goto(demonstration)
    links = page.locator("a[href^='/']").evaluate_all("all => all.map(a => a.href)")
    addresses = {link.split("#")[0] for link in links}

    found = []
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        for address in some(sorted(addresses)):
            page.goto(address)
            if page.evaluate(wider):
                found.append((address, width))

    assert len(addresses) > 5
    assert found == []


@pytest.mark.parametrize("width", [375, 1440])
def test_no_page_has_an_error_a_missing_file_or_a_request_to_another_host(
    page: Page,
    demonstration: str,
    addresses: list[str],
    width: int,
    some: Callable[..., Any],
) -> None:
    host = urlsplit(demonstration).netloc
    faults: set[tuple[str, str]] = set()

    def note(what: str) -> None:
        faults.add((page.url, what))

    def failed(request: Any) -> None:
        # What was still loading when the test went on to the next page.
        if request.failure != "net::ERR_ABORTED":
            note(f"{request.failure}: {request.url}")

    page.on("console", lambda m: note(m.text) if m.type in ("error", "warning") else 0)
    page.on("pageerror", lambda error: note(error.message))
    page.on("requestfailed", failed)
    page.on("response", lambda r: note(f"{r.status} {r.url}") if r.status > 399 else 0)
    page.on(
        "request",
        lambda r: note(r.url) if urlsplit(r.url).netloc not in (host, "") else 0,
    )

    page.set_viewport_size({"width": width, "height": 900})
    for address in some(addresses):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)

    assert sorted(faults) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_the_paper_in_either_theme(
    page: Page, demonstration: str, theme: Any
) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(demonstration)
    ink, paper = page.locator("body").evaluate(
        """body => {
          const canvas = document.createElement("canvas").getContext("2d");
          const lightness = colour => {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
          };
          const style = getComputedStyle(body);
          const root = getComputedStyle(document.documentElement);
          const clear = "rgba(0, 0, 0, 0)";
          const paper = style.backgroundColor === clear
            ? root.backgroundColor : style.backgroundColor;
          return [lightness(style.color), lightness(paper)];
        }"""
    )
    assert abs(ink - paper) > 150
    assert (paper > ink) is (theme == "light")


def test_the_row_of_stories_moves_by_its_buttons_to_its_end(
    page: Page, demonstration: str
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    page.goto(demonstration)
    row = page.locator("sliding-row").first
    back = row.get_by_role("button", name="Previous")
    on = row.get_by_role("button", name="Next")
    expect(back).to_have_attribute("aria-disabled", "true")
    expect(row.get_by_role("listitem").first).to_be_visible()

    for _ in range(row.get_by_role("listitem").count() - 1):
        expect(on).to_have_attribute("aria-disabled", "false")
        on.click()
        expect(back).to_have_attribute("aria-disabled", "false")
    expect(on).to_have_attribute("aria-disabled", "true")
    last = row.get_by_role("listitem").last.get_by_role("link").first
    expect(last).to_be_in_viewport()
