"""What the gate says about headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models.article_page import ArticlePage
from core.publishing import gate
from core.publishing.rules.headings import RepeatedHeading, UnclearHeading

# A page that is made asks which type it is of.
pytestmark = pytest.mark.django_db


def heading(text, level="2"):
    return ("heading", {"text": text, "level": level, "anchor": ""})


def unclear(*headings, title="A title"):
    page = ArticlePage(title=title, body=[heading(text) for text in headings])
    return [problem.sentence for problem in UnclearHeading().problems(page)]


def repeated(*body, after=()):
    page = ArticlePage(title="A title", body=body, after_body=after)
    return [problem.position for problem in RepeatedHeading().problems(page)]


class TestUnclear:
    @pytest.mark.parametrize(
        "text",
        [
            "What was found",
            "MRI",
            "The MRI scan",
            "MS and MRI",
            "EDSS",
            "2026",
            "Ω",
            "W" + "o" * 119,
        ],
    )
    def test_is_no_ordinary_heading(self, text):
        assert unclear(text) == []

    @pytest.mark.parametrize(
        "text", ["WHAT WAS FOUND", "TREATMENT", "MS AND MRI", "ÜBER UNS ALLE"]
    )
    def test_is_one_in_capitals(self, text):
        (sentence,) = unclear(text)
        assert "in capitals" in sentence

    @pytest.mark.parametrize("text", ["", "   ", "\u00a0"])
    def test_is_an_empty_one(self, text):
        assert unclear(text) == ["This heading is empty. Give it words, or delete it."]

    def test_is_one_of_more_than_120_characters(self):
        (sentence,) = unclear("w" * 121)
        assert "121 characters" in sentence

    def test_is_a_title_of_more_than_100_characters(self):
        assert unclear(title="w" * 100) == []
        (sentence,) = unclear(title="w" * 101)
        assert "101 characters" in sentence

    def test_is_a_title_in_capitals(self):
        (sentence,) = unclear(title="CAN STEM CELLS HELP?")
        assert "The title" in sentence

    def test_heading_inside_another_block_is_found_there(self):
        callout = {"kind": "note", "heading": "GET HELP AT ONCE", "text": "<p>Go.</p>"}
        page = ArticlePage(title="A", body=[heading("Fine"), ("callout", callout)])

        (problem,) = UnclearHeading().problems(page)

        assert (problem.field, problem.position) == ("body", 1)

    def test_callout_without_a_heading_is_fine(self):
        callout = {"kind": "note", "heading": "", "text": "<p>Go.</p>"}
        page = ArticlePage(title="A", body=[("callout", callout)])

        assert not list(UnclearHeading().problems(page))


class TestRepeated:
    def test_is_named_where_it_stands_again(self):
        assert repeated(
            heading("The trial"), heading("Risks"), heading("The trial")
        ) == [2]

    def test_case_and_spaces_make_no_other_heading(self):
        assert repeated(heading("The trial"), heading("the  Trial ")) == [1]

    def test_empty_ones_are_not_called_the_same(self):
        assert repeated(heading(""), heading("")) == []

    def test_after_the_references_counts_too(self):
        assert repeated(heading("The trial"), after=[heading("The trial")]) == [0]


@given(st.lists(st.text(max_size=150), max_size=4), st.text(max_size=200))
def test_whatever_is_typed_holds_nothing_up(texts, title):
    page = ArticlePage(
        title=title, body=[heading(text) for text in texts], is_medical=False
    )

    found = gate.suggestions(page)

    assert all(problem.level == "suggest" for problem in found)
    assert all(problem.sentence for problem in found)
    # What is left empty holds a page up; how it reads does not.
    held_up_by = {problem.code for problem in gate.publishing_problems(page)}
    assert held_up_by <= {"incomplete", "year-in-title"}
