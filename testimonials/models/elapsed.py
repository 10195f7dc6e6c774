"""How long ago a treatment was, in words."""

from datetime import date, timedelta

from django.utils.translation import gettext

from core.due.days import months_after
from testimonials.chronology import SPANS

# From how many months on a time is told in them, and from how many in years.
_MONTHS_FROM = 2
_YEARS_FROM = 24


def told_since(day: date, today: date) -> str:
    """Return how long ago ``day`` was in words, such as ``14 months``; "" if to come.

    In weeks for two months, in months for two years, then in years.
    """
    if day > today:
        return ""
    months = _months_between(day, today)
    weeks = (today - day).days // 7
    if months >= _YEARS_FROM:
        return str(SPANS["years"] % {"n": months // 12})
    if months >= _MONTHS_FROM:
        return str(SPANS["months"] % {"n": months})
    return str(SPANS["weeks"] % {"n": weeks}) if weeks else gettext("a few days")


def next_change_since(day: date, today: date) -> date:
    """Return the next day on which `told_since` may say something else."""
    if day > today:
        return day
    months = _months_between(day, today)
    if months < _MONTHS_FROM:
        weeks = (today - day).days // 7
        following = months_after(day, _MONTHS_FROM)
        return min(day + timedelta(days=7 * (weeks + 1)), following)
    try:
        return months_after(day, months + 1)
    except ValueError:  # beyond the last year that there is
        return date.max


def _months_between(day: date, today: date) -> int:
    months = (today.year - day.year) * 12 + today.month - day.month
    return months if months_after(day, months) <= today else months - 1
