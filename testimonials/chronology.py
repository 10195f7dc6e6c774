"""Sorts the entries of a timeline.

Pure functions: they take mappings, not pages, so they need no database to test.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Any

from django.utils.translation import gettext, ngettext_lazy

# Mean lengths in the Gregorian calendar.
DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.436875, "years": 365.2425}
SPANS = {
    "days": ngettext_lazy("%(n)d day", "%(n)d days", "n"),
    "weeks": ngettext_lazy("%(n)d week", "%(n)d weeks", "n"),
    "months": ngettext_lazy("%(n)d month", "%(n)d months", "n"),
    "years": ngettext_lazy("%(n)d year", "%(n)d years", "n"),
}


@dataclass(frozen=True)
class Moment:
    """One entry of a timeline, with its place in time.

    Args:
        entry: What was entered: ``number``, ``unit`` and ``phase``, or ``date``.
        day: Days since the treatment, negative before it; None when not known.
        date: The calendar date; None when not known.
    """

    entry: Mapping[str, Any]
    day: float | None
    date: date | None

    @property
    def side(self) -> str:
        """``before`` or ``after`` the treatment, "" when that is not known."""
        if self.day is None:
            return ""
        return "before" if self.day < 0 else "after"

    @property
    def is_dated(self) -> bool:
        """Whether a calendar date was entered, which readers see."""
        return self.entry.get("date") is not None

    @property
    def is_counted(self) -> bool:
        """Whether a span from the treatment was entered, which readers see."""
        return self.entry.get("number") is not None or not self.is_dated

    def has_come(self, today: Any) -> bool:
        """Whether its day is there; one without a known day has always been."""
        return self.date is None or self.date <= today

    @property
    def when(self) -> str:
        """The time since or until the treatment, such as ``2 weeks``."""
        number, unit = self.entry.get("number"), str(self.entry.get("unit"))
        if not number or unit not in DAYS:
            return gettext("Day of treatment")
        return str(SPANS[unit] % {"n": number})

    @property
    def phase(self) -> str:
        """What ``when`` counts from, such as ``after treatment``; may be ""."""
        if not self.is_counted or not self.entry.get("number"):
            return ""
        if self.entry.get("phase") == "before":
            return gettext("before treatment")
        return gettext("after treatment")


def in_order(
    entries: Iterable[Mapping[str, Any]], treated_on: date | None
) -> list[Moment]:
    """Return the moments, earliest first.

    Entries of the same day keep the order in which they were entered. Without the day
    of treatment, dates cannot be set against spans: they come last, in their own order.
    """
    moments = [moment_of(entry, treated_on) for entry in entries]
    return sorted(moments, key=_place)


def moment_of(entry: Mapping[str, Any], treated_on: date | None) -> Moment:
    """Return an entry with its place: by its date where the treatment's is known."""
    known: date | None = entry.get("date")
    if known is not None and (treated_on or entry.get("number") is None):
        day = float((known - treated_on).days) if treated_on else None
        return Moment(entry, day, known)
    sign = -1 if entry.get("phase") == "before" else 1
    day = sign * (entry.get("number") or 0) * DAYS.get(str(entry.get("unit")), 1.0)
    return Moment(entry, day, known or _date_of(treated_on, day))


def _date_of(treated_on: date | None, day: float) -> date | None:
    try:
        return treated_on + timedelta(days=round(day)) if treated_on else None
    except OverflowError:
        return None


def _place(moment: Moment) -> tuple[float, date]:
    if moment.day is not None:
        return moment.day, date.min
    return inf, moment.date or date.max
