"""What is drawn of a chart's numbers, as paths and widths of SVG."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

# Marks stand in rows of five, as people count them.
ABREAST = 5
# Of a mark and the space around it, in units of the drawing.
SIZE = 10


class Stroke(NamedTuple):
    """The marks of one series.

    Attributes:
        series: Which series, counted from 1.
        path: A dot for each mark: a line of no length, which has round or square ends.
    """

    series: int
    path: str


def rows_of(counts: Sequence[int]) -> int:
    """Return how many rows the marks of one column fill."""
    return -(-sum(counts) // ABREAST)


def marks(counts: Sequence[int], rows: int) -> Iterator[Stroke]:
    """Draw one mark for each, from the bottom of ``rows`` rows upwards.

    Args:
        counts: How many marks each series has, the lowest first.
        rows: How high the drawing is, as `rows_of` the highest column.
    """
    begin = 0
    for series, count in enumerate(counts, start=1):
        places = range(begin, begin + count)
        if places:
            yield Stroke(series, "".join(_mark(place, rows) for place in places))
        begin += count


def _mark(place: int, rows: int) -> str:
    row, column = divmod(place, ABREAST)
    across, down = column * SIZE + SIZE // 2, (rows - row) * SIZE - SIZE // 2
    return f"M{across} {down}h.01"


def percentages(values: Sequence[Decimal], highest: Decimal) -> list[str]:
    """Return how long each bar is, in hundredths of the longest."""
    return [f"{value * 100 / highest:.2f}" if highest else "0" for value in values]
