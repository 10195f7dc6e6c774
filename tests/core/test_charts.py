"""A chart is a table of numbers, and a drawing that says the same."""

import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.blocks import chart_drawing
from core.blocks.chart import MARKS_IN_A_COLUMN, ChartBlock
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import article

pytestmark = pytest.mark.one_database

LABEL = {"type": "label", "heading": "Year"}
BETTER = {"type": "number", "heading": "Better"}
WORSE = {"type": "number", "heading": "Worse"}


def chart(*rows, kind="marks", columns=(LABEL, BETTER, WORSE), note=""):
    table = {
        "caption": "What became of them",
        "columns": list(columns),
        "rows": [{"values": list(row)} for row in rows],
    }
    return {"kind": kind, "table": table, "note": note}


def mistakes(value):
    block = ChartBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value))
    return " ".join(refused.value.block_errors["table"].messages)


def dots(path):
    # They have a length: on paper a line of none has no square end.
    return re.findall(r"M(\d+) (\d+)h\.01", path)


@pytest.mark.django_db
class TestOnAPage:
    @pytest.fixture
    def shown(self, client, home):
        index = ArticleIndexPageFactory(parent=home)

        def show(value):
            page = article(index, ("chart", value))
            html = BeautifulSoup(client.get(page.url).content, "html.parser")
            return html.select_one("figure.chart")

        return show

    def test_readers_get_the_numbers_as_a_table(self, shown):
        figure = shown(chart(["2023", 14, "5.50"], ["2024", 1700, "41.9"], kind="bars"))

        rows = figure.select("table tr")
        cells = [[c.text.strip() for c in row.select("th, td")] for row in rows]
        assert cells == [
            ["Year", "Better", "Worse"],
            ["2023", "14", "5.50"],
            ["2024", "1,700", "41.9"],
        ]

    def test_what_is_drawn_is_read_to_nobody(self, shown):
        figure = shown(chart(["2023", 14, 5]))

        assert figure.select_one(".chart__drawing")["aria-hidden"] == "true"
        assert not figure.select_one("table").find_parent(attrs={"aria-hidden": True})

    def test_there_is_a_mark_for_each(self, shown):
        figure = shown(chart(["2023", 14, 5], ["2024", 17, 8]))

        for column, counts in zip(
            figure.select(".chart__columns > li"), [(14, 5), (17, 8)], strict=True
        ):
            drawn = [dots(path["d"]) for path in column.select(".chart__mark")]
            assert tuple(map(len, drawn)) == counts
            assert column.b.text == str(sum(counts))

    def test_bars_are_as_long_as_their_numbers(self, shown):
        figure = shown(chart(["2023", 10, 40], ["2024", 0, 20], kind="bars"))

        lengths = [rect["width"] for rect in figure.select("rect")]
        assert lengths == ["25.00", "100.00", "0.00", "50.00"]

    def test_a_note_says_where_the_numbers_come_from(self, shown):
        assert shown(chart(["2023", 1, 2])).figcaption is None
        assert (
            "Invented"
            in shown(chart(["2023", 1, 2], note="<p>Invented.</p>")).figcaption.text
        )

    @pytest.mark.parametrize(
        "value",
        [
            chart(),
            chart(["2023", None, None]),
            chart(["2023", "1000000000", 3]),
            chart(["2023", -4, 3], kind="bars"),
            chart(["2023", 0, 0], kind="bars"),
            chart([7], columns=[BETTER]),
            chart([], columns=[]),
        ],
    )
    def test_a_draft_that_makes_no_sense_yet_can_be_looked_at(self, value):
        block = ChartBlock()

        assert "chart__drawing" in block.render(block.to_python(value))


class TestIsRefused:
    def test_where_the_first_column_holds_no_words(self):
        assert "column of words" in mistakes(
            chart([1, 2], columns=[BETTER, WORSE], kind="bars")
        )

    def test_without_numbers(self):
        assert "column of words" in mistakes(chart(["2023"], columns=[LABEL]))

    def test_without_a_row(self):
        assert "at least one row" in mistakes(chart())

    def test_with_more_series_than_can_be_told_apart(self):
        columns = [LABEL, *[BETTER] * 7]
        assert "6 columns" in mistakes(
            chart(["2023", *range(7)], columns=columns, kind="bars")
        )

    def test_with_half_a_mark(self):
        assert "whole numbers" in mistakes(chart(["2023", "1.5", 2]))

    def test_with_more_marks_than_anybody_counts(self):
        most = MARKS_IN_A_COLUMN
        assert "more than 200 marks" in mistakes(chart(["2023", most, 1]))
        block = ChartBlock()
        assert block.clean(block.to_python(chart(["2023", most, 0])))

    def test_with_more_columns_of_marks_than_a_phone_is_wide(self):
        rows = [[str(year), 1, 1] for year in range(9)]
        assert "8 rows" in mistakes(chart(*rows))
        block = ChartBlock()
        assert block.clean(block.to_python(chart(*rows, kind="bars")))

    def test_with_a_number_below_nothing(self):
        block = ChartBlock()
        with pytest.raises(ValidationError):
            block.clean(block.to_python(chart(["2023", -1, 1], kind="bars")))


class TestDrawing:
    @given(st.lists(st.integers(0, 60), min_size=1, max_size=6), st.integers(0, 9))
    def test_no_two_marks_share_a_place_and_none_is_outside(self, counts, more):
        rows = chart_drawing.rows_of(counts) + more

        strokes = list(chart_drawing.marks(counts, rows))

        places = [place for stroke in strokes for place in dots(stroke.path)]
        assert len(places) == len(set(places)) == sum(counts)
        assert all(0 < int(x) < 50 and 0 < int(y) < rows * 10 for x, y in places)

    def test_stands_on_the_ground(self):
        [stroke] = chart_drawing.marks([1], rows=4)

        assert dots(stroke.path) == [("5", "35")]

    def test_of_nothing_is_nothing(self):
        assert chart_drawing.percentages([Decimal()], Decimal()) == ["0"]
