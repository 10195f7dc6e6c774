"""What is required of a page's fields, rows and blocks before readers see it."""

import json
from threading import Event, RLock, Thread

import pytest
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RegexBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import get_page_models

from articles.models.article_page import ArticlePage
from core.models.base_page import BasePage
from core.prefetch.walk import stream_fields
from core.publishing import forms
from core.publishing.gate import PublishBlocked, publishing_problems, suggestions
from core.publishing.rules import completeness
from home.models import ContentPage
from people.models import PersonPage
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.page_form import GOOD, edit_url, posted
from tests.helpers.publishing_doors import heading

REQUIRED = "This field is required."
TABLE = {
    "caption": "",
    "columns": [{"type": "short", "heading": "A"}, {"type": "text", "heading": "B"}],
    "rows": [{"values": ["One", "<p>1</p>"]}, {"values": ["", "<p>2</p>"]}],
}
QUESTIONS = [
    {"question": "Why?", "answer": "<p>So.</p>"},
    {"question": "Who?", "answer": ""},
]


def body(**block):
    """One block as it is stored."""
    [(kind, value)] = block.items()
    return json.dumps([{"type": kind, "value": value, "id": "b"}])


def found(page):
    problems = publishing_problems(page)
    return [p.sentence for p in problems if p.code == "incomplete"]


class TestBlocks:
    @pytest.mark.parametrize(
        ("stored", "sentence"),
        [
            (body(heading={"text": "", "level": "2"}), f"Heading, Text: {REQUIRED}"),
            (body(heading={"text": None, "level": "2"}), f"Heading, Text: {REQUIRED}"),
            (body(heading={"level": "2"}), f"Heading, Text: {REQUIRED}"),
            (body(paragraph=""), f"Paragraph: {REQUIRED}"),
            (
                body(questions={"items": QUESTIONS}),
                f"Questions and answers, Items, no. 2, Answer: {REQUIRED}",
            ),
            (
                body(list={"kind": "ticks", "items": []}),
                "List, Items: The minimum number of items is 1",
            ),
            (
                body(comparison={"table": TABLE}),
                f"Comparison table, Table, row 2, column 1: {REQUIRED}",
            ),
            (
                body(figure={"image": None, "caption": ""}),
                f"Figure, Image, Image: {REQUIRED}",
            ),
            (
                body(page_cards={"heading": "Read on", "pages": [987654]}),
                f"Cards of pages, Pages, no. 1: {REQUIRED}",
            ),
        ],
        ids=lambda value: value.partition(":")[0].replace("[{", "") or None,
    )
    def test_the_problem_names_block_and_field(self, db, stored, sentence):
        page = ContentPage(title="A", body=stored)

        assert found(page) == [sentence]

    def test_it_stands_under_its_block(self, db):
        page = ContentPage(title="A", body=[*GOOD, *heading("")])

        (problem,) = publishing_problems(page)

        assert (problem.field, problem.position) == ("body", 1)
        assert problem.block_id == page.body[1].id

    def test_what_is_too_long_is_refused_as_in_the_form(self, db):
        page = ContentPage(title="A", body=body(heading={"text": "x" * 151}))

        (sentence,) = found(page)

        assert sentence.startswith("Heading, Text: Ensure this value has at most 150")

    def test_a_picture_without_words_is_named_once(self, db):
        image = SiteImageFactory()
        image.contextual_alt_text, image.decorative = "", False
        page = ContentPage(title="A", body=[("figure", {"image": image})])

        assert [p.code for p in publishing_problems(page)] == [
            "image-without-alternative"
        ]

    def test_a_complete_page_is_left_as_it_is(self, db):
        page = ContentPage(title="A", body=GOOD)
        before = page.serializable_data()

        assert not found(page)
        assert page.serializable_data() == before

    @pytest.mark.parametrize("cards", [1, 20])
    def test_more_of_the_same_block_costs_no_query(
        self, home, cards, django_assert_max_num_queries
    ):
        pages = [ContentPageFactory(parent=home).pk for _ in range(cards)]
        page = ContentPage(title="A", body=body(page_cards={"pages": pages}))
        rule = completeness.Incomplete()

        with django_assert_max_num_queries(1):
            assert not list(rule.problems(page))


class TestDrafts:
    """To save a draft, Wagtail makes blocks optional that all threads share."""

    def test_a_draft_may_be_incomplete_and_its_editor_is_told(self, log_in, home):
        page = ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home))

        response = log_in(None).post(
            edit_url(page), posted(text=""), headers={"accept": "application/json"}
        )

        assert response.json()["success"] is True
        assert f"Heading, Text: {REQUIRED}" in response.json()["html"]

    def test_a_draft_that_is_being_saved_makes_no_empty_block_pass(
        self, db, monkeypatch
    ):
        """Deterministic: the draft's thread waits inside until somebody else asks."""
        inside, asked = Event(), Event()

        class Signalling:
            """The lock, telling when somebody waits for it."""

            lock = RLock()

            def __enter__(self):
                if inside.is_set():
                    asked.set()
                self.lock.acquire()

            def __exit__(self, *error):
                self.lock.release()

        monkeypatch.setattr(completeness, "CLEANING", Signalling())
        empty = ContentPage(title="A", body=body(heading={"text": ""}))
        block = ContentPage._meta.get_field("body").stream_block

        def save_a_draft():
            with completeness.CLEANING:
                block.defer_required_validation()
                inside.set()
                asked.wait(timeout=5)
                block.restore_deferred_validation()

        draft = Thread(target=save_a_draft)
        draft.start()
        inside.wait()
        sentences = found(empty)
        asked.set()
        draft.join()

        assert sentences == [f"Heading, Text: {REQUIRED}"]

    def test_the_page_form_saves_drafts_under_the_same_lock(
        self, log_in, home, monkeypatch
    ):
        page = ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home))
        clean_deferred, held, seen = StreamBlock.clean_deferred, [], []

        class Lock:
            def __enter__(self):
                held.append(True)

            def __exit__(self, *error):
                held.pop()

        def look(block, value):
            seen.append(bool(held))
            return clean_deferred(block, value)

        monkeypatch.setattr(forms, "CLEANING", Lock())
        monkeypatch.setattr(StreamBlock, "clean_deferred", look)

        log_in(None).post(edit_url(page), posted(text=""))

        assert seen
        assert all(seen)


WORDS = (CharBlock, TextBlock, RegexBlock, RichTextBlock, ChoiceBlock)


def blank(block, nothing):
    """A block as a draft may hold it, with nothing in any of its fields."""
    if isinstance(block, StructBlock):
        parts = block.child_blocks.items()
        return {name: blank(child, nothing) for name, child in parts}
    if isinstance(block, ListBlock):
        return [blank(block.child_block, nothing)]
    if isinstance(block, TypedTableBlock):
        columns = [{"type": name, "heading": ""} for name in block.child_blocks]
        values = [blank(child, nothing) for child in block.child_blocks.values()]
        return {"columns": columns, "rows": [{"values": values}], "caption": ""}
    return nothing if isinstance(block, WORDS) else None


PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


@pytest.mark.parametrize("nothing", ["", None], ids=["empty", "null"])
@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_a_draft_with_nothing_but_blanks_can_be_judged(db, model, nothing):
    page = model(title="A")
    for field in stream_fields(page):
        blocks = field.stream_block.child_blocks.items()
        stored = [
            {"type": name, "value": blank(block, nothing), "id": name}
            for name, block in blocks
        ]
        setattr(page, field.name, json.dumps(stored))

    sentences = [p.sentence for p in (*publishing_problems(page), *suggestions(page))]

    assert not [sentence for sentence in sentences if "None" in sentence]


class TestFieldsAndRows:
    def test_a_required_field(self, home):
        page = ArticlePage(title="A", body=GOOD)

        assert found(page) == ["Standfirst: This field cannot be blank."]

    def test_a_field_with_a_limit(self, home):
        page = PersonPage(
            title="A", job_title="Nurse", summary="Kind.", practising_since=1492
        )

        (sentence,) = found(page)

        assert sentence.startswith("Practising since: Ensure this value is")

    def test_a_row_added_below_the_form(self, home):
        above = PeopleIndexPageFactory(parent=home)
        page = PersonPageFactory(parent=above, live=False)
        page.credentials.create(name="")

        with pytest.raises(PublishBlocked, match="Credential 1, Name: This field"):
            page.save_revision(clean=False).publish()
