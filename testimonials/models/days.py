"""Days that lie years or months from another."""

from calendar import monthrange
from datetime import date


def a_year_after(day: date) -> date:
    """Return the same day a year later, 1 March for 29 February.

    After the last year that there is, the last day.
    """
    if day.year == date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def a_year_before(day: date) -> date:
    """Return the same day a year earlier, 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def months_after(day: date, months: int) -> date:
    """Return the same day ``months`` later, the month's last where it has none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
