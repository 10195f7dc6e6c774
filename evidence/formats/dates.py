"""Dates as files write them: “2020 Dec 5”, “2019-2020”, “2019-05/2020-01”."""

import re
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d|2100)(?!\d)")
_NUMBERS = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTH = re.compile(rf"(?<![a-z])({'|'.join(_MONTHS)})[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"(?<![\d/-])([0-3]?\d)(?![\d/])")
_RANGE = re.compile(r"[-/\u2013\u2014]|\bto\b")


class Published(NamedTuple):
    """A date as precise as known, with a note for the editor."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    note: str = ""

    def fields(self) -> dict[str, int | None]:
        return {
            "issued_year": self.year,
            "issued_month": self.month,
            "issued_day": self.day,
        }


def parse(text: str) -> Published:
    """Read a date; of a range, the first day, which the note says."""
    text = text.strip().strip("/")
    if not text:
        return Published()
    first = _YEAR.search(text)
    if not first:
        return Published(
            note=_("“{text}” has no year; the year is left blank.").format(
                text=text[:60]
            )
        )
    found = _NUMBERS.match(text)
    if found and 1 <= int(found[2]) <= 12:
        month, day, rest = int(found[2]), int(found[3] or 0), text[found.end() :]
        ranges = bool(_YEAR.search(rest))
    else:
        named = _MONTH.search(text)
        month = _MONTHS.index(named[1].lower()) + 1 if named else 0
        others = _YEAR.sub(" ", _MONTH.sub(" ", text))
        numbered = _DAY.search(others) if named else None
        day = int(numbered[1]) if numbered else 0
        ranges = bool(_RANGE.search(text))
    note = (
        _("“{text}” is a range; its beginning is kept.").format(text=text[:60])
        if ranges
        else ""
    )
    return checked(int(first[1]), month or None, day or None, note)


def checked(
    year: int | None, month: int | None, day: int | None, note: str = ""
) -> Published:
    """Return the valid part of a date, from the year down."""
    if year is None or not 1450 <= year <= 2100:
        missing = (
            ""
            if year is None
            else _("The year {year} cannot be; it is left blank.").format(year=year)
        )
        return Published(note=missing or note)
    if month is None or not 1 <= month <= 12:
        return Published(year, note=note)
    try:
        date(year, month, day or 0)
    except ValueError:
        return Published(year, month, note=note)
    return Published(year, month, day, note)


def day_of(text: str) -> date | None:
    """Return the day that ``text`` names; None when it names none."""
    found = parse(text)
    if found.year and found.month and found.day:
        return date(found.year, found.month, found.day)
    return None
