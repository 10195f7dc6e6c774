"""Numbers as a table, and a drawing of them."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTable

from core.blocks import chart_drawing, groups
from core.blocks.choices import KeyBlock
from core.blocks.prose import INLINE, ProseBlock, ProseTableBlock

MARKS, BARS = "marks", "bars"
ZERO = Decimal()
# More cannot be told apart, by shape or by colour.
SERIES = 6
# More columns are too narrow on a phone.
COLUMNS = 8
# More marks in a column are not counted any more.
MARKS_IN_A_COLUMN = 200


class ChartBlock(blocks.StructBlock):
    """A table of numbers, drawn.

    The first column of the table names each row; every other column is a series.
    """

    kind = KeyBlock(
        choices=[
            (MARKS, _("A mark for each person or thing")),
            (BARS, _("Bars")),
        ],
        default=BARS,
        help_text=_("Marks can be counted, and suit numbers up to 200."),
        label=_("Kind"),
    )
    table = ProseTableBlock(
        [
            ("label", blocks.CharBlock(label=_("What is counted, or when"))),
            (
                "number",
                blocks.DecimalBlock(
                    min_value=0,
                    max_digits=12,
                    decimal_places=2,
                    template="core/blocks/number.html",
                    label=_("Number"),
                ),
            ),
        ],
        help_text=_(
            "The first column names each row, such as the years; the others are "
            "numbers. Readers get this table beneath the drawing."
        ),
        label=_("Table"),
    )
    note = ProseBlock(
        features=INLINE,
        required=False,
        help_text=_("Where the numbers come from, and what they leave out."),
        label=_("Note"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Chart")
        group = groups.TEXT
        template = "core/blocks/chart.html"
        description = _("Numbers in a table, and a drawing of them")
        preview_value = {
            "kind": MARKS,
            "table": {
                "caption": "What became of the people treated",
                "columns": [
                    {"type": "label", "heading": "Year"},
                    {"type": "number", "heading": "Better"},
                    {"type": "number", "heading": "Worse"},
                ],
                "rows": [
                    {"values": ["2023", 14, 5]},
                    {"values": ["2024", 17, 8]},
                ],
            },
            "note": "<p>Invented, to show how it looks.</p>",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if wrong := list(_mistakes(cleaned["kind"], cleaned["table"])):
            raise StructBlockValidationError(
                block_errors={"table": ValidationError(wrong)}
            )
        return cleaned

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        table = value["table"]
        names = [column["heading"] for column in table.columns[1:]]
        rows = [(row["values"][0], _numbers(row)) for row in table.row_data if names]
        context["series"] = list(enumerate(names, start=1))
        if value["kind"] == MARKS:
            return context | _marks(rows)
        return context | _bars(rows, names)


def _numbers(row: dict[str, Any]) -> list[Decimal]:
    """Return a row's numbers; a draft may hold anything, or nothing."""
    values = row["values"][1:]
    return [max(v, ZERO) if isinstance(v, Decimal) else ZERO for v in values]


def _marks(rows: list[tuple[str, list[Decimal]]]) -> dict[str, Any]:
    counts = [
        (label, [min(int(number), MARKS_IN_A_COLUMN) for number in numbers])
        for label, numbers in rows
    ]
    height = max([1, *(chart_drawing.rows_of(numbers) for _label, numbers in counts)])
    return {
        "height": height * chart_drawing.SIZE,
        "width": chart_drawing.ABREAST * chart_drawing.SIZE,
        "columns": [
            (label, sum(numbers), list(chart_drawing.marks(numbers, height)))
            for label, numbers in counts
        ],
    }


def _bars(rows: list[tuple[str, list[Decimal]]], names: list[str]) -> dict[str, Any]:
    highest = max([ZERO, *(number for _label, row in rows for number in row)])
    bars = []
    for label, numbers in rows:
        sizes = chart_drawing.percentages(numbers, highest)
        series = zip(count(1), names, numbers, sizes, strict=False)
        bars.append((label, list(series)))
    return {"bars": bars}


def _mistakes(kind: str, table: TypedTable) -> Iterator[str]:
    """Yield what keeps a table from being drawn."""
    kinds = [column["block"].name for column in table.columns]
    if kinds[:1] != ["label"] or len(kinds) < 2 or set(kinds[1:]) != {"number"}:
        yield gettext(
            "Begin with one column of words that names the rows; let numbers follow."
        )
        return
    if not table.row_data:
        yield gettext("Add at least one row of numbers.")
    if len(kinds) - 1 > SERIES:
        sentence = gettext("Leave %(count)d columns of numbers or fewer.")
        yield sentence % {"count": SERIES}
    if kind != MARKS:
        return
    if len(table.row_data) > COLUMNS:
        yield gettext(
            "Leave %(count)d rows or fewer, or choose bars: more do not fit on a phone."
        ) % {"count": COLUMNS}
    numbers = [_numbers(row) for row in table.row_data]
    if any(number % 1 for row in numbers for number in row):
        yield gettext("Use whole numbers, or choose bars.")
    if any(sum(row) > MARKS_IN_A_COLUMN for row in numbers):
        yield gettext(
            "Choose bars: nobody counts more than %(count)d marks above one another."
        ) % {"count": MARKS_IN_A_COLUMN}
