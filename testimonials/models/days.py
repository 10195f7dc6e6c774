"""Days that lie years from another."""

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
