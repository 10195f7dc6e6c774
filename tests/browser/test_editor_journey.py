"""An article, from the first word to its end, through the admin as people see it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from articles.blocks import ArticleBodyBlock
from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from evidence.models import Reference
from home.roles import EDITORS, MODERATORS
from tests.browser.editor import Editor, part
from tests.browser.recipes import RECIPES
from tests.helpers.factories import ArticlePageFactory

Staff = Callable[[str], Page]

PETROU = '<embed embedtype="citation" id="{}" locator="p. 14"/>'


@pytest.fixture
def editor(staff: Staff) -> Editor:
    return Editor(staff(EDITORS))


@pytest.fixture
def draft(demonstration: str, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """``draft(blocks)`` stores an article that nobody has published yet."""

    def make(*blocks: tuple[str, Any]) -> ArticlePage:
        article = ArticlePageFactory(
            parent=ArticleIndexPage.objects.get(),
            title=request.node.name.replace("_", " "),
            live=False,
            body=[{"type": kind, "value": value} for kind, value in blocks],
        )
        article.save_revision()
        return article

    return make


@pytest.fixture
def sentence(demonstration: str) -> tuple[str, str]:
    """A paragraph with a citation."""
    petrou = Reference.objects.get(title__startswith="Beneficial effects")
    return ("paragraph", f"<p>It helped in one trial {PETROU.format(petrou.pk)}.</p>")


def heading(text: str, level: str = "2") -> tuple[str, dict[str, str]]:
    return ("heading", {"text": text, "level": level, "anchor": ""})


def test_every_kind_of_block_is_composed_stored_and_seen_by_readers(
    editor: Editor, patient: BrowserContext
) -> None:
    page, title = editor.page, "How walking is measured"
    editor.begin(ArticleIndexPage.objects.get())
    editor.title(title)
    part(page.locator("form"), "standfirst").locator("textarea").fill(
        "Twice. Then again."
    )
    editor.choose(page.locator("#panel-child-content-topic-section"), "Multiple")
    people = page.locator("#panel-child-content-contributors-section")
    people.get_by_role("button", name="Add Contributor").click()
    editor.choose(people, "Dr Henrik Sandvold")

    words = []
    for name, block in ArticleBodyBlock().child_blocks.items():
        assert name in RECIPES, f"no recipe says how an editor fills in {name!r}"
        words.append(RECIPES[name](editor, editor.add(str(block.label))))
    editor.save()

    article = ArticlePage.objects.get(title=title)
    assert not article.live
    kinds = [child.block_type for child in article.get_latest_revision_as_object().body]
    assert kinds == list(ArticleBodyBlock().child_blocks)
    # All that it lacks is a clinician's review, which a medical article needs.
    expect(editor.problems).to_contain_text("1 problem to solve")
    expect(editor.problems).to_contain_text("No clinician has reviewed this page")

    written = article.get_latest_revision_as_object()
    written.is_medical = False
    written.save_revision().publish()
    visitor = patient.new_page()
    visitor.goto(article.get_full_url())
    for seen in [title, "Twice. Then again.", "Dr Henrik Sandvold", *words]:
        expect(visitor.locator("main")).to_contain_text(seen)
    expect(visitor.get_by_alt_text("A flask, lifted").first).to_be_attached()


def test_words_typed_as_soon_as_a_page_is_open_are_stored(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    page, article = editor.page, draft()
    standfirst = part(page.locator("form"), "standfirst").locator("textarea")

    with editor.stored("At once."):
        page.goto(f"/admin/pages/{article.pk}/edit/", wait_until="commit")
        standfirst.fill("At once.")

    page.reload()
    expect(standfirst).to_have_value("At once.")


def test_words_typed_while_a_save_is_under_way_are_stored_too(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    page, article = editor.page, draft()
    standfirst = part(page.locator("form"), "standfirst").locator("textarea")
    editor.open(article)

    def type_on(route: Route) -> None:
        answer = route.fetch()
        standfirst.press_sequentially(" Then again.")
        route.fulfill(response=answer)

    page.route(re.compile("/edit/$"), type_on, times=1)
    with editor.stored("Twice. Then again."):
        standfirst.fill("Twice.")

    page.reload()
    expect(standfirst).to_have_value("Twice. Then again.")


def test_a_button_pressed_while_a_save_is_under_way_stores_the_newest_words(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    page, article = editor.page, draft()
    standfirst = part(page.locator("form"), "standfirst").locator("textarea")
    editor.open(article)
    events = []

    def press(route: Route) -> None:
        standfirst.press_sequentially(" Then again.")
        page.get_by_role("button", name="Save draft").click(no_wait_after=True)
        answer = route.fetch()
        events.append("autosaved")
        route.fulfill(response=answer)

    def note(request: Request) -> None:
        if request.is_navigation_request() and request.method == "POST":
            events.append("sent")

    page.on("request", note)
    page.route(re.compile("/edit/$"), press, times=1)
    standfirst.fill("Twice.")
    editor.expect_message("has been updated")

    assert events == ["autosaved", "sent"]
    expect(standfirst).to_have_value("Twice. Then again.")
    latest = article.revisions.latest("created_at").as_object()
    assert latest.standfirst == "Twice. Then again."


def test_a_citation_outlives_autosave_and_reloading(
    editor: Editor,
) -> None:
    page = editor.page
    editor.begin(ArticleIndexPage.objects.get())
    with editor.stored("Autosaved"):
        editor.title("Autosaved")
    with editor.stored("It helped in one trial"):
        block = editor.add("Paragraph")
        editor.write(block, "It helped in one trial ")
    with editor.stored("p. 14"):
        editor.cite("Petrou 2020", locator="p. 14")
    expect(block).to_contain_text("[Petrou 2020, p. 14]")

    with editor.stored("and in no other"):
        editor.write(block, " and in no other.")
    expect(page).to_have_url(re.compile(r"/\d+/edit/$"))
    page.reload()

    expect(editor.blocks).to_contain_text(
        "It helped in one trial [Petrou 2020, p. 14] and in no other."
    )
    revision = ArticlePage.objects.get(
        title="Autosaved"
    ).get_latest_revision_as_object()
    assert 'locator="p. 14"' in revision.body[0].value.source


def test_the_preview_shows_what_was_just_typed_with_its_citation_numbered(
    editor: Editor, draft: Callable[..., Any], sentence: tuple[str, str]
) -> None:
    editor.open(draft(sentence))
    main = editor.open_preview()
    expect(main).to_contain_text("It helped in one trial")

    with editor.stored("Nobody knows why"):
        editor.write(editor.blocks.first, " Nobody knows why.")

    expect(main).to_contain_text("Nobody knows why.")
    expect(main.locator(".citation")).to_contain_text("[1, p. 14]")
    expect(main.locator(".references__item")).to_contain_text("Petrou")


def test_a_submitted_article_is_approved_and_read(
    staff: Staff,
    editor: Editor,
    draft: Callable[..., Any],
    sentence: tuple[str, str],
    patient: BrowserContext,
) -> None:
    article = draft(sentence)
    editor.open(article)
    editor.act(re.compile("Submit to"))
    editor.expect_message("submitted for moderation")
    visitor = patient.new_page()
    answer = visitor.goto(article.get_full_url())
    assert answer
    assert answer.status == 404

    moderator = Editor(staff(MODERATORS))
    page = moderator.page
    page.goto("/admin/")
    expect(page.locator("main")).to_contain_text(article.title)
    moderator.open(article)
    moderator.act("Approve and Publish")
    moderator.expect_message("updated")

    visitor.goto(article.get_full_url())
    expect(visitor.locator(".citation")).to_contain_text("[1, p. 14]")
    expect(visitor.locator(".references__item")).to_have_count(1)
    expect(visitor.locator(".references__item")).to_contain_text("Petrou")


def test_versions_are_compared_taken_back_and_unpublished(
    staff: Staff,
    editor: Editor,
    draft: Callable[..., Any],
    sentence: tuple[str, str],
    patient: BrowserContext,
) -> None:
    article = draft(sentence)
    article.get_latest_revision().publish()

    # An editor cites another work, and adds a sentence.
    editor.open(article)
    block = editor.blocks.first
    block.get_by_text("[Petrou 2020, p. 14]", exact=True).click()
    editor.page.get_by_role("button", name="Edit").last.click()
    editor.page.get_by_role("link", name="Choose another reference").click()
    editor.choose_citation("Uccelli 2019", locator="table 2")
    expect(block).to_contain_text("[Uccelli 2019, table 2]")
    editor.write(block, " So they say.")
    editor.save()

    # A moderator sees what changed, and publishes it.
    moderator = Editor(staff(MODERATORS))
    page = moderator.page
    page.goto(f"/admin/pages/{article.pk}/revisions/compare/live...latest/")
    expect(page.locator("main .deletion")).to_contain_text(["Petrou 2020, p. 14"])
    expect(page.locator("main .addition")).to_contain_text(["Uccelli 2019, table 2"])
    expect(page.locator("main")).to_contain_text("So they say.")
    moderator.open(article)
    moderator.act("Publish")
    moderator.expect_message("published")
    visitor = patient.new_page()
    visitor.goto(article.get_full_url())
    expect(visitor.locator(".citation")).to_contain_text("[1, table 2]")

    # The older version comes back,
    first = article.revisions.order_by("created_at").first()
    page.goto(f"/admin/pages/{article.pk}/revisions/{first.pk}/revert/")
    moderator.settle()
    with moderator.comes_back():
        page.get_by_role("button", name="Replace current").click()
    moderator.expect_message("replaced")
    moderator.settle()
    moderator.act("Publish")
    moderator.expect_message("published")
    visitor.reload()
    expect(visitor.locator(".citation")).to_contain_text("[1, p. 14]")
    expect(visitor.locator("main")).not_to_contain_text("So they say.")

    # and the article goes, its readers to the list that it stood in.
    page.goto(f"/admin/pages/{article.pk}/unpublish/")
    page.get_by_role("button", name="Yes, unpublish it").click()
    moderator.expect_message("unpublished")
    visitor.reload()
    assert visitor.url == ArticleIndexPage.objects.get().get_full_url()


def test_a_refused_publication_says_why_under_the_block_and_keeps_the_text(
    staff: Staff, draft: Callable[..., Any]
) -> None:
    article = draft(heading("The trial", level="2"))
    moderator = Editor(staff(MODERATORS))
    moderator.open(article)
    block = moderator.blocks.first
    moderator.fill(block, "text", "Of what was seen in the trial")
    part(block, "level").locator("select").select_option("3")
    moderator.act("Publish")

    moderator.expect_message("could not")
    expect(block).to_contain_text(re.compile("level|Section"))
    expect(part(block, "text").locator("input")).to_have_value(
        "Of what was seen in the trial"
    )
    article.refresh_from_db()
    assert not article.live


def test_the_list_of_problems_of_a_new_article_follows_what_is_typed(
    editor: Editor,
) -> None:
    editor.begin(ArticleIndexPage.objects.get())
    with editor.stored("What they said"):
        editor.page.locator("[name=standfirst]").fill("Their own words.")
        editor.title("What they said")
    expect(editor.problems).to_contain_text("No clinician has reviewed this page")
    expect(editor.problems).not_to_contain_text("Say who spoke")

    with editor.stored("We promise nothing"):
        block = editor.add("Spoken quotation")
        editor.write(part(block, "text"), "We promise nothing.")
    expect(editor.problems).to_contain_text("Say who spoke")

    with editor.stored("Dr Wren Sandpiper"):
        editor.fill(block, "speaker", "Dr Wren Sandpiper")
    expect(editor.problems).not_to_contain_text("Say who spoke")
    expect(editor.problems).to_contain_text("No clinician has reviewed this page")


def test_a_heading_keeps_its_address_when_reworded_copied_and_moved(
    editor: Editor, draft: Callable[..., Any]
) -> None:
    article = draft()
    editor.open(article)
    with editor.stored("The trial"):
        editor.fill(editor.add("Heading"), "text", "The trial")
    with editor.stored("What was learned"):
        editor.fill(editor.blocks.first, "text", "What was learned")
    assert addresses(article) == [("What was learned", "the-trial")]

    editor.blocks.first.get_by_role("button", name="Duplicate").first.click()
    expect(editor.blocks).to_have_count(2)
    with editor.stored("What was not"):
        editor.fill(editor.blocks.last, "text", "What was not")
    copied = addresses(article)
    assert copied[0] == ("What was learned", "the-trial")
    assert copied[1][1] not in {"", "the-trial"}

    with editor.stored("body-1-order"):
        editor.blocks.first.get_by_role("button", name="Move down").first.click()
    editor.page.reload()
    editor.settle()
    assert addresses(article) == [copied[1], copied[0]]


def addresses(article: ArticlePage) -> list[tuple[str, str]]:
    latest = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    return [(child.value["text"], child.value["anchor"]) for child in latest.body]
