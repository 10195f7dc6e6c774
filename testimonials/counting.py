"""What a story counts over time, such as metres walked, as a line to draw.

Pure functions; the line says nothing that the entries do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from testimonials.chronology import Moment

# Of the drawing, in its own units: it is stretched to the room it has.
SIZE = 100
FEWEST = 2


@dataclass(frozen=True)
class CountedLine:
    """The line through the counts, from zero up, in order of time.

    Attributes:
        line: A path of SVG.
        dots: A path with a line of no length at each count, which has round ends.
        treated: How far along the day of treatment is; "" where it is not between.
        first, last: The moments at its ends.
    """

    line: str
    dots: str
    treated: str
    first: Moment
    last: Moment

    @property
    def ends(self) -> tuple[Moment, Moment]:
        return self.first, self.last


def count_of(moment: Moment) -> Decimal | None:
    """Return what was counted then; a draft may hold anything."""
    count = moment.entry.get("count")
    return max(count, Decimal()) if isinstance(count, Decimal) else None


def counted_line(moments: Sequence[Moment]) -> CountedLine | None:
    """Return the line of ``moments``, given in order; None below two counts."""
    points = [
        (moment.day, count, moment)
        for moment in moments
        if moment.day is not None and (count := count_of(moment)) is not None
    ]
    days = [day for day, _count, _moment in points]
    if len(points) < FEWEST or days[0] == days[-1]:
        return None
    highest = max(count for _day, count, _moment in points)

    def along(day: float) -> str:
        return f"{(day - days[0]) / (days[-1] - days[0]) * SIZE:.1f}"

    places = [
        f"{along(day)} {SIZE - (count / highest * SIZE if highest else 0):.1f}"
        for day, count, _moment in points
    ]
    return CountedLine(
        line=f"M{'L'.join(places)}",
        dots="".join(f"M{place}h0" for place in places),
        treated=along(0) if days[0] < 0 < days[-1] else "",
        first=points[0][2],
        last=points[-1][2],
    )
