"""Citing works, as editors do it without leaving what they write."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from core.models.images import SiteImage
from evidence.models import Reference
from home.roles import EDITORS
from tests.browser.editor import Editor, part
from tests.helpers.factories import ArticlePageFactory
from tests.helpers.factories_evidence import ReferenceFactory, citation

Staff = Callable[[str], Page]


@pytest.fixture
def editor(staff: Staff) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def works(demonstration: str) -> list[Reference]:
    """Four works, the first ones that the chooser offers."""
    families = ["Aalto", "Birch", "Cedar", "Dahlia"]
    return [
        Reference.objects.filter(authors=[{"family": family}]).first()
        or ReferenceFactory(
            authors=[{"family": family}], title=f"{family}'s study", issued_year=2099
        )
        for family in families
    ]


@pytest.fixture
def written(
    editor: Editor, works: list[Reference], request: pytest.FixtureRequest
) -> Callable[..., ArticlePage]:
    """``written(blocks)`` opens a draft with these blocks in the editor."""

    def write(*blocks: tuple[str, Any]) -> ArticlePage:
        article = ArticlePageFactory(
            parent=ArticleIndexPage.objects.get(),
            title=request.node.name.replace("_", " "),
            live=False,
            body=[{"type": kind, "value": value} for kind, value in blocks],
        )
        article.save_revision()
        editor.open(article)
        return article

    return write


@pytest.fixture
def read(patient: BrowserContext) -> Callable[[ArticlePage], Locator]:
    """``read(article)`` publishes what was saved, and shows it to a reader."""

    def publish(article: ArticlePage) -> Locator:
        ArticlePage.objects.get(pk=article.pk).get_latest_revision().publish()
        page = patient.new_page()
        page.goto(article.get_full_url())
        return page.locator("main")

    return publish


def area(place: Locator) -> Locator:
    return place.locator("[contenteditable=true]").first


def to_the_end(place: Locator) -> None:
    """Put the cursor behind what is written there, and a space."""
    area(place).click()
    place.page.keyboard.press("Control+End")
    place.page.keyboard.type(" ")


def test_a_work_that_is_not_in_the_library_is_made_and_cited_without_leaving(
    editor: Editor,
    written: Callable[..., ArticlePage],
    read: Callable[[ArticlePage], Locator],
) -> None:
    page, article = editor.page, written(("paragraph", "<p>It helped.</p>"))
    block = editor.blocks.first
    to_the_end(block)
    page.keyboard.type("/cit")
    page.get_by_role("option", name="Citation", exact=True).click()

    modal = page.locator(".modal-body")
    modal.get_by_role("tab", name="New reference").click()
    button = modal.get_by_role("button", name="Add to the library")
    modal.get_by_role("textbox", name=re.compile("^Authors")).fill("Elm, Erin, E")
    modal.get_by_role("textbox", name=re.compile("^Title")).fill("A study made here")
    button.click()
    expect(modal).to_contain_text("it has more than one comma")
    modal.get_by_role("textbox", name=re.compile("^Authors")).fill("Elm, Erin")
    modal.get_by_role("spinbutton", name="Year").fill("2024")
    button.click()
    modal.get_by_label("Where in the work").fill("fig. 2")
    modal.get_by_role("button", name="Cite", exact=True).click()

    expect(modal).to_have_count(0)
    expect(block).to_contain_text("It helped. [Elm 2024, fig. 2]")
    editor.expect_in_form("[Elm 2024")
    editor.save()
    made = Reference.objects.get(title="A study made here")
    assert made.authors == [{"family": "Elm", "given": "Erin"}]
    main = read(article)
    expect(main.locator(".citation")).to_have_text("[1, fig. 2]")
    expect(main.locator(".references")).to_contain_text("A study made here")


def test_citations_in_a_row_share_a_bracket_and_three_make_a_range(
    editor: Editor,
    works: list[Reference],
    written: Callable[..., ArticlePage],
    read: Callable[[ArticlePage], Locator],
) -> None:
    article = written(("paragraph", "<p>It helped.</p>"), ("paragraph", "<p>Some.</p>"))
    first, second = editor.blocks.first, editor.blocks.last
    for work in works[:3]:
        to_the_end(first)
        editor.cite(work.short_label)
        expect(first).to_contain_text(f"[{work.short_label}]")
    for work, locator in ((works[3], ""), (works[0], "p. 7")):
        to_the_end(second)
        editor.cite(work.short_label, locator)
        expect(second).to_contain_text(f"[{work.short_label}")
    editor.save()

    main = read(article)
    expect(main.locator(".citation")).to_have_count(2)
    expect(main.locator(".citation").first).to_have_text("[1\N{EN DASH}3]")
    expect(main.locator(".citation").last).to_have_text("[1, p. 7; 4]")
    expect(main.locator(".references__item")).to_have_count(4)


def test_the_place_in_a_work_is_changed_and_a_citation_removed_where_they_stand(
    editor: Editor,
    works: list[Reference],
    written: Callable[..., ArticlePage],
    read: Callable[[ArticlePage], Locator],
) -> None:
    one, two = works[:2]
    page = editor.page
    text = f"<p>It {citation(one, 'p. 1')} helped {citation(two)} some.</p>"
    article = written(("paragraph", text))
    block = editor.blocks.first

    block.get_by_text(f"[{one.short_label}, p. 1]", exact=True).click()
    page.locator(".Tooltip").get_by_role("button", name="Edit").click()
    modal = page.locator(".modal-body")
    expect(modal.get_by_label("Where in the work")).to_have_value("p. 1")
    modal.get_by_label("Where in the work").fill("p. 99")
    modal.get_by_role("button", name="Cite", exact=True).click()
    expect(modal).to_have_count(0)
    expect(block).to_contain_text(f"It [{one.short_label}, p. 99] helped")
    editor.expect_in_form("p. 99")

    block.get_by_text(f"[{two.short_label}]", exact=True).click()
    page.locator(".Tooltip").get_by_role("button", name="Remove").click()
    # The line that a folded block shows keeps the words it was opened with.
    expect(area(block)).not_to_contain_text(two.short_label)
    gone = page.locator(f'input[type=hidden][value*="[{two.short_label}"]')
    expect(gone).to_have_count(0)
    editor.save()

    main = read(article)
    expect(main.locator(".citation")).to_have_text(["[1, p. 99]"])
    expect(main.locator(".references__item")).to_have_count(1)
    expect(main).not_to_contain_text(two.short_label)


# Kinds of text: as it is stored, its part of the form, and where readers see it.
PLACES = {
    "paragraph": ("<p>Words</p>", None, "p"),
    "spoken_quotation": (
        {"text": "<p>Words</p>", "speaker": "Ada"},
        "text",
        ".spoken-quotation",
    ),
    "figure": ({"caption": "<p>Words</p>"}, "caption", "figcaption"),
    "questions": (
        {"items": [{"question": "Why?", "answer": "<p>Words</p>"}]},
        "answer",
        "[class*=questions]",
    ),
    "key_fact": ({"figure": "48", "text": "<p>Words</p>"}, "text", ".key-fact"),
    "comparison": (
        {
            "table": {
                "columns": [{"type": "text", "heading": "A"}],
                "rows": [{"values": ["<p>Words</p>"]}],
                "caption": "",
            }
        },
        "table",
        "table",
    ),
}


def test_a_citation_stands_in_every_kind_of_text(
    editor: Editor,
    works: list[Reference],
    written: Callable[..., ArticlePage],
    read: Callable[[ArticlePage], Locator],
) -> None:
    stored = {kind: value for kind, (value, _, _) in PLACES.items()}
    picture = SiteImage.objects.first()
    picture = {"image": picture.pk, "decorative": True, "alt_text": ""}
    stored["figure"] = {"image": picture, **stored["figure"]}
    stored["key_fact"] = {"reference": works[1].pk, **stored["key_fact"]}
    article = written(*stored.items())

    for number, (_, name, _) in enumerate(PLACES.values(), start=1):
        block = editor.blocks.nth(number - 1)
        place = part(block, name) if name else block
        if name == "table":
            place = place.locator("tbody")
        to_the_end(place)
        editor.cite(works[0].short_label, locator=f"table {number}")
        expect(area(place)).to_contain_text(
            f"Words [{works[0].short_label}, table {number}]"
        )
        editor.expect_in_form(f"table {number}]")
    editor.save()

    main = read(article)
    for number, (_, _, seen) in enumerate(PLACES.values(), start=1):
        citations = main.locator(seen).locator(".citation")
        expect(citations.filter(has_text=f"table {number}").first).to_be_visible()
    expect(main.locator(".citation")).to_have_count(len(PLACES))
    expect(main.locator(".references__item")).to_have_count(2)


def test_a_citation_pasted_where_none_may_stand_is_seen_as_words(
    editor: Editor, works: list[Reference], written: Callable[..., ArticlePage]
) -> None:
    page = editor.page
    label = f"[{works[0].short_label}, p. 3]"
    sign_up = {"heading": "Letters", "text": "<p>Words</p>", "label": "Sign up"}
    article = written(
        ("paragraph", f"<p>It helped {citation(works[0], 'p. 3')}</p>"),
        ("sign_up", sign_up),
    )
    area(editor.blocks.first).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")

    to_the_end(part(editor.blocks.last, "text"))
    page.keyboard.press("Control+v")
    text = part(editor.blocks.last, "text")
    expect(area(text)).to_contain_text(label)
    expect(text.locator(f'input[type=hidden][value*="{label}"]')).to_have_count(1)
    editor.save()

    saved = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    [kept, letters] = saved.body
    assert 'embedtype="citation"' in kept.value.source
    assert "<embed" not in letters.value["text"].source
    assert label in letters.value["text"].source


def test_a_work_is_cited_with_the_keyboard_alone(
    editor: Editor, works: list[Reference], written: Callable[..., ArticlePage]
) -> None:
    page, label = editor.page, works[0].short_label
    written(("paragraph", "<p>It helped</p>"))
    text = area(editor.blocks.first)
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" /cit")
    expect(page.get_by_role("option", name="Citation", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    modal = page.locator(".modal-body")
    link = modal.get_by_role("link", name=label)
    expect(link).to_be_visible()
    # It takes the focus once it has come in, sooner than anybody presses a key.
    expect(page.locator(".modal")).to_be_focused()
    for _ in range(40):
        if link.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(modal.get_by_label("Where in the work")).to_be_focused()
    page.keyboard.type("p. 5")
    page.keyboard.press("Enter")
    expect(modal).to_have_count(0)

    expect(text).to_contain_text(f"It helped [{label}, p. 5]")
    expect(text).to_be_focused()
    page.keyboard.type(" and so on.")
    expect(text).to_contain_text(f"[{label}, p. 5] and so on.")
