"""What a first visit weighs, that nothing moves, and that pictures fit their screen."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.quality.places import ARTICLE, FORM, FRONT, STORY
from tests.quality.site import ServedSite

KB = 1024  # bytes
PAGES = [ARTICLE, FRONT, STORY, FORM]
# Compressed, without the headers, which MOST_WITHOUT_PICTURES includes.
MOST = {"Document": 20 * KB, "Stylesheet": 20 * KB, "Script": 8 * KB}
MOST_WITHOUT_PICTURES = 100 * KB
# A picture may be this much wider than its screen has pixels for it, the step between
# two renditions.
GENEROUS = 1.6
TOLD = 1.35  # "sizes" know the screen, and not how wide a column is exactly
PHONE = {"viewport": {"width": 375, "height": 812}, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1}

SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
      window.shifts.push(`${entry.value.toFixed(4)} ${entry.sources.map(
        source => source.node?.className || source.node?.nodeName).join(", ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver(list => {
    window.largest = list.getEntries().at(-1).element;
  }).observe({ type: "largest-contentful-paint", buffered: true });
}"""
READ_TO_THE_END = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let at = 0; at < document.documentElement.scrollHeight; at += 400) {
    scrollTo(0, at);
    await frame();
    await frame();
  }
  await Promise.all([...document.images].filter(image => image.currentSrc).map(
    image => image.decode().catch(() => {})));
  await frame();
  await frame();
}"""
# Of each picture: how wide it is, what its "sizes" tell the browser, and its file.
PICTURES = """() => Promise.all([...document.querySelectorAll("main img")].map(
  async image => {
    const file = new Image();
    file.src = image.currentSrc;
    await file.decode().catch(() => {});
    return {
      source: image.currentSrc,
      lazy: image.loading === "lazy",
      below: image.getBoundingClientRect().top + scrollY > innerHeight,
      first: image.fetchPriority === "high",
      sized: image.hasAttribute("width") && image.hasAttribute("height"),
      width: image.getBoundingClientRect().width,
      told: image.naturalWidth,
      ratio: devicePixelRatio,
      pixels: file.naturalWidth,
    };
  }))"""


@pytest.fixture
def first_visit(
    window: Callable[..., Page], site: ServedSite
) -> Iterator[Callable[..., Page]]:
    """``first_visit(path, **options)`` opens a page with nothing kept from before.

    What came over the wire is ``page.transfers``: type, address and bytes of each;
    ``page.asked`` holds the addresses in the order in which they were asked for.
    """
    opened: list[Page] = []

    def visit(path: str, **options: Any) -> Page:
        page = window(**options)
        opened.append(page)
        page.transfers = _transfers(page)  # type: ignore[attr-defined]
        page.asked = []  # type: ignore[attr-defined]
        page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
        page.add_init_script(f"({SHIFTS})()")
        page.goto(path, wait_until="networkidle")
        return page

    yield visit
    for page in opened:
        page.context.close()


def _transfers(page: Page) -> list[dict[str, Any]]:
    """Have Chromium report every answer, and its bytes once it has arrived."""
    session = page.context.new_cdp_session(page)
    found: dict[str, dict[str, Any]] = {}
    arrived: list[dict[str, Any]] = []

    def answered(event: dict[str, Any]) -> None:
        response = event["response"]
        found[event["requestId"]] = {
            "type": event["type"],
            "url": response["url"],
            "head": response["encodedDataLength"],
        }

    def finished(event: dict[str, Any]) -> None:
        if answer := found.get(event["requestId"]):
            arrived.append(answer | {"bytes": event["encodedDataLength"]})

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    return arrived


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_light(
    first_visit: Callable[..., Page],
    site: ServedSite,
    say: Callable[[str], None],
    path: str,
) -> None:
    transfers = first_visit(path, **PHONE).transfers  # type: ignore[attr-defined]

    weights: Counter[str] = Counter()
    without_pictures = 0
    for transfer in transfers:
        assert urlsplit(transfer["url"]).netloc in ("", urlsplit(site.url).netloc)
        weights[transfer["type"]] += transfer["bytes"] - transfer["head"]
        without_pictures += transfer["bytes"] if transfer["type"] != "Image" else 0
    parts = ", ".join(f"{kind} {size / KB:.1f}" for kind, size in weights.items())
    say(f"{path} in KB: {parts}; without pictures {without_pictures / KB:.1f}")

    assert weights["Document"] > KB, "nothing was measured"
    assert weights["Stylesheet"] > KB, "nothing was measured"
    for kind, most in MOST.items():
        assert weights[kind] <= most, f"{kind}: {weights[kind]} bytes"
    assert without_pictures <= MOST_WITHOUT_PICTURES


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_loads_and_is_read(
    first_visit: Callable[..., Page], path: str, screen: dict[str, Any]
) -> None:
    page = first_visit(path, **screen)
    page.evaluate(READ_TO_THE_END)
    assert page.evaluate("() => window.shifts") == []


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", [ARTICLE, STORY, FRONT])
def test_pictures_fit_their_screen_and_those_below_wait(
    first_visit: Callable[..., Page], path: str, screen: dict[str, Any]
) -> None:
    page = first_visit(path, **screen)
    page.evaluate(READ_TO_THE_END)
    pictures = page.evaluate(PICTURES)
    assert pictures

    faults = [
        f"{picture['source']}: {fault} {picture}"
        for picture in pictures
        for fault, wrong in {
            "has no width and height": not picture["sized"],
            "does not wait": picture["below"]
            and not (picture["lazy"] or picture["first"]),
            "is not as wide as the browser was told": not _as_told(picture),
        }.items()
        if wrong
    ]
    assert sum(picture["first"] for picture in pictures) <= 1
    assert faults == [], "\n".join(faults)


def _as_told(picture: dict[str, Any]) -> bool:
    if not picture["told"]:  # out of sight in a row that scrolls sideways
        return True
    return bool(0.95 <= picture["told"] / picture["width"] <= TOLD)


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_lead_picture_comes_first(
    first_visit: Callable[..., Page], screen: dict[str, Any]
) -> None:
    page = first_visit(FRONT, **screen)
    lead = page.locator(".home-header__picture img").evaluate(
        "image => ({ source: image.currentSrc, lazy: image.loading })"
    )
    [first] = [p for p in page.evaluate(PICTURES) if p["first"]]
    logo = page.locator(".masthead img").evaluate("image => image.currentSrc")
    asked = [
        url
        for url in page.asked  # type: ignore[attr-defined]
        if "/media/images/" in url and url != logo
    ]
    assert lead["source"] == first["source"] == asked[0]
    assert lead["lazy"] != "lazy"
    assert 1 <= first["pixels"] / (first["width"] * first["ratio"]) <= GENEROUS


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_lead_picture_below_the_short_answer_lets_the_letters_go_first(
    first_visit: Callable[..., Page], screen: dict[str, Any]
) -> None:
    page = first_visit(ARTICLE, **screen)
    lead = page.locator("main .lead img")
    assert lead.evaluate("image => image.getBoundingClientRect().top > innerHeight")
    assert lead.get_attribute("loading") == "lazy"
    assert not [p for p in page.evaluate(PICTURES) if p["first"]]
