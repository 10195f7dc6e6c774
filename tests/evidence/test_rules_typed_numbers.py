"""What the gate says of numbers that are typed like citations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.publishing import gate
from core.text.plain_text import plain
from evidence.rules.typed_numbers import (
    TypedNumber,
    numbers_in,
    typed_numbers,
    with_raised,
)
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)


@pytest.mark.parametrize("listed", [0, 10])
class TestTypedNumbers:
    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("It helped (7).", ["(7)"]),
            ("It helped (2, 3), it seems", ["(2, 3)"]),
            ("It helped (2-4)\nNext", ["(2-4)"]),
            ("It helped (7) in most people.", ["(7)"]),
            ("It helped (12) in most people.", ["(12)"]),
            ("So it was in patients (7).", ["(7)"]),
            ("There were fewer relapses (34) than before", ["(34)"]),
            ("It helped [7] some", ["[7]"]),
            ("It helped.[1–3]", ["[1–3]"]),  # noqa: RUF001  as printed
            ("It helped [1, p. 4]", ["[1, p. 4]"]),
            ("It helped [112].", ["[112]"]),
            ("They walked further.⁷ Then", ["⁷"]),
            ("They walked further⁷ and", ["⁷"]),
            ("They walked further ⁷ and", ["⁷"]),
            ("They walked further⁷⁻⁹.", ["⁷⁻⁹"]),
            ("An MRI⁷ showed", ["⁷"]),
            ("They walked further.7 The rest", ["7"]),
            ("They walked further.7", ["7"]),
            ("It is walking7,8 and more", ["7,8"]),
            ("It is walking7–9.", ["7–9"]),  # noqa: RUF001  as printed
        ],
    )
    def test_are_found(self, text, numbers, listed):
        assert typed_numbers(text, listed) == numbers

    @pytest.mark.parametrize(
        "text",
        [
            "There were (1) those who walked, (2) those who ran.",
            "Anna (34), a teacher, and Ben (61).",
            "It was published in (2020).",
            "Improved by 5 [3-8] points",
            "95% CI [2, 5]",
            "shown in figure (2).",
            "in group (2) they",
            "aged (9).",
            "for seven (7) days",
            "in week (7) of it",
            "a total of (7)",
            "women (12) and men (7) walked",
            "[7] Petrou P. A work.",
            "It helped (0).",
            "It helped (1.5).",
            "section 3(a)(7) says",
            "Brain 2019;12(3):4",
            "call 0800 (7)",
            "CD(4) cells",
            "10⁷ cells",
            "5 m² and kg/m² and 3 cm² and mm³",
            "R² was; Ca²⁺ ions; of ¹⁴C; E = mc².",
            "omega3,6 acids and GLP1,2 drugs",
            "COVID19 and vitamin B12 and IL-6",
            "see fig.2 Then in vol.3 Brain",
            "Version 2,3",
        ],
    )
    def test_are_told_from_other_numbers(self, text, listed):
        assert typed_numbers(text, listed) == []


def test_a_number_of_the_list_is_one_even_after_a_name():
    assert typed_numbers("It was shown by Petrou (7) in a trial", listed=7) == ["(7)"]
    assert typed_numbers("It was shown by Petrou (7) in a trial", listed=6) == []


def test_raised_numbers_of_rich_text_stay_raised():
    source = "<p>Further<sup>7, 8</sup>, by 10<sup>6</sup> and m<sup><b>2</b></sup></p>"

    assert with_raised(source) == "Further⁷, ⁸, by 10⁶ and m²\n"


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("[2-4]", {2, 3, 4}), ("⁷⁻⁹", {7, 8, 9}), ("(1, 12)", {1, 12}), ("[9-2]", set())],
)
def test_typed_ranges_stand_for_what_lies_between(typed, numbers):
    assert numbers_in(typed) == numbers


@given(st.text())
def test_any_text_is_survived(text):
    for number in typed_numbers(plain(text), 9):
        assert numbers_in(number) or "-" in number


@given(st.text(alphabet="a7 .,()[]²⁷\n-;A", max_size=60), st.integers(0, 9))
def test_what_is_found_stands_in_the_text(text, listed):
    assert all(number in text for number in typed_numbers(text, listed))


class TestRule:
    @pytest.fixture
    def index(self, home):
        return ArticleIndexPageFactory(parent=home)

    def test_warns_where_the_page_cites(self, index):
        text = "<p>It helped (1).</p><p>And more [12].</p>"
        page = article(
            index,
            ("paragraph", text),
            paragraph(citation(ReferenceFactory())),
            live=False,
        )

        [problem] = TypedNumber().problems(page)

        assert problem.level == "warn"
        assert (problem.field, problem.position) == ("body", 0)
        assert problem.sentence.startswith("Typed like a citation: “[12]”, “(1)”.")

    @pytest.mark.parametrize("typed", ["(7)", "[7]", "<sup>7</sup>"])
    def test_warns_of_a_single_one_where_nothing_is_cited(self, index, typed):
        page = article(
            index, ("paragraph", f"<p>It helped {typed} in most.</p>"), live=False
        )

        codes = [problem.code for problem in gate.publishing_problems(page)]

        assert codes == ["typed-number"]

    def test_looks_at_every_rich_text(self, index):
        typed = "<p>It helped [7].</p>"
        page = article(
            index,
            ("list", {"kind": "bullets", "items": ["<p>x</p>", typed]}),
            ("questions", {"items": [{"question": "Why?", "answer": typed}]}),
            ("figure", {"image": None, "caption": typed}),
            live=False,
        )

        places = [problem.position for problem in TypedNumber().problems(page)]

        assert places == [0, 1, 2]
