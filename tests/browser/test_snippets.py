"""How a page will look, shown beside its metadata while these are typed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from wagtailseo.models import SeoSettings

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS
from seo.snippets.widths import DESKTOP_TITLE, TOLERANCE
from tests.browser.editor import Editor, part
from tests.helpers.axe import faults
from tests.helpers.factories import ArticlePageFactory

SAMPLES = [
    "How is walking measured in people who have had treatment for years?",
    "AVATAR WAVES: To Yield, Tea & Typography | 24/7 (100 %)",
    "iiiiiiiiiiiiiiiiiiiillllllllllllllllllll",
    "WWWWWWWWWWWWWWWWWWWWmmmmmmmmmmmmmmmmmmmm",
    "Déjà vu: “naïve” ½ Größe, Łódź, Öresund…",
    "Ходьба после лечения: что измеряют и зачем",
    "Περπάτημα μετά τη θεραπεία",
]
MEASURE = """(texts) => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = '20px "Liberation Sans", Arimo, Arial';
  return texts.map((text) => context.measureText(text).width);
}"""


@pytest.fixture
def editor(staff: Callable[[str], Page]) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def article(demonstration: str, request: pytest.FixtureRequest) -> Any:
    SeoSettings.objects.update(og_image_default=None)  # else it is on every card
    article = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(),
        title="How walking is measured",
        slug=request.node.originalname.replace("_", "-")[:40],
        standfirst="How far somebody walks in six minutes, and why that is asked.",
        live=False,
    )
    article.save_revision()
    return article


def shown(page: Page, kind: str) -> Locator:
    return page.locator(f'seo-snippets .snippet[data-kind="{kind}"] .snippet__title')


def test_a_browser_measures_what_the_server_does(page: Page) -> None:
    widths = page.evaluate(MEASURE, SAMPLES)

    for text, width in zip(SAMPLES, widths, strict=True):
        computed = DESKTOP_TITLE.measure(text)
        assert abs(computed - width) <= TOLERANCE * width + 0.5, (text, computed, width)


def test_what_is_typed_is_shown_cut_and_judged(
    editor: Editor, article: ArticlePage
) -> None:
    page = editor.page
    editor.open(article)
    page.get_by_role("tab", name="Promote").click()
    verdict = page.locator('seo-snippets [data-snippets="verdict"]')
    expect(shown(page, "desktop")).to_contain_text("How walking is measured |")
    expect(page.locator("seo-snippets img")).to_have_attribute(
        "src", re.compile("^data:image/jpeg")
    )
    expect(verdict).to_have_attribute("aria-live", "polite")
    assert faults_in_snippets(page) == []

    tag = part(page.locator("#tab-promote"), "seo_title").locator("input")
    tag.fill("A title that goes on and on until search results have to cut it off")
    expect(verdict).to_contain_text("Search results cut off the title")
    expect(shown(page, "desktop")).to_have_text(re.compile("^A title that goes.* …$"))
    expect(shown(page, "card")).not_to_contain_text("…")

    tag.fill("Walking, measured")
    expect(verdict).to_contain_text("show title and description whole")
    part(page.locator("#tab-promote"), "slug").locator("input").fill("on-foot")
    expect(page.locator("seo-snippets .snippet__address").first).to_contain_text(
        "on-foot"
    )

    page.set_viewport_size({"width": 375, "height": 800})
    wide = "document.querySelector('seo-snippets').scrollWidth"
    assert page.evaluate(wide) <= 375
    page.emulate_media(color_scheme="dark")
    assert faults_in_snippets(page) == []


def test_a_server_that_does_not_answer_is_said_and_asked_again(
    editor: Editor, article: ArticlePage
) -> None:
    page = editor.page
    editor.open(article)
    page.get_by_role("tab", name="Promote").click()
    expect(shown(page, "desktop")).to_contain_text("How walking is measured")
    state = page.locator('seo-snippets [data-snippets="state"]')
    tag = part(page.locator("#tab-promote"), "seo_title").locator("input")

    def fail(route: Route) -> None:
        route.abort()

    page.route("**/snippets/", fail)
    tag.fill("Walking")
    expect(state).to_contain_text("could not be made just now")
    page.unroute("**/snippets/", fail)
    tag.fill("Walking, measured")
    expect(shown(page, "desktop")).to_contain_text("Walking, measured |")
    expect(state).to_have_text("")


def faults_in_snippets(page: Page) -> list[str]:
    return [fault for fault in faults(page) if "snippet" in fault]
