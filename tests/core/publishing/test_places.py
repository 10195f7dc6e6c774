"""Problems with the same sentence are told apart by their place."""

import pytest

from core.publishing.gate import Problem
from core.publishing.places import placed
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(home):
    return ArticlePageFactory(
        parent=ArticleIndexPageFactory(parent=home),
        live=False,
        body=[
            ("paragraph", "<p>One two three four five six seven eight nine.</p>"),
            ("heading", {"text": "Then", "level": "2", "anchor": ""}),
            ("paragraph", "<p>It &amp; that.</p>"),
            ("paragraph", ""),
        ],
    )


def at(position, sentence="Wrong.", field="body"):
    return Problem("rule", "block", sentence, field, position)


def places(problems, article):
    return [each.place for each in placed(problems, article)]


def test_a_sentence_that_stands_once_needs_no_place(article):
    assert places([at(0), at(2, "Else.")], article) == ["", ""]


def test_equal_sentences_name_block_number_and_first_words(article):
    assert places([at(0), at(1), at(2), at(3)], article) == [
        "Paragraph 1, “One two three four five six seven eight …”",
        "Heading 1, “Then”",
        "Paragraph 2, “It & that.”",
        "Paragraph 3",
    ]


def test_fields_and_rows_are_named_by_their_label(article):
    fields = [
        at(None, field="standfirst"),
        at(None, field="contributors"),
        at(None, field=""),
    ]

    assert places(fields, article) == ["Standfirst", "", ""]


def test_a_block_that_is_gone_has_no_place(article):
    assert places([at(9), at(8)], article) == ["", ""]
