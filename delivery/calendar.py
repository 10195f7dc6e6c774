"""When what readers see changes by itself: by the calendar, with nobody's doing.

A page past its time, or the end of a consent, changes what readers see without any row
being written. Every app registers what of its own does so, in its ``AppConfig.ready``;
whoever keeps a finished page asks until when it may be kept.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

# Returns the first instant after ``now`` at which something of an app appears,
# disappears or reads differently, or None. It costs one cheap query.
Source = Callable[[datetime], datetime | None]

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Register ``source``; registered twice, it is asked once."""
    if source not in _sources:
        _sources.append(source)
    return source


def next_change(now: datetime) -> datetime | None:
    """Return the first instant after ``now`` at which what readers see changes."""
    found = (source(now) for source in _sources)
    return min((instant for instant in found if instant), default=None)


def beginning_of(day: date) -> datetime:
    """Return the instant at which ``day`` begins where the clinic's clocks are."""
    return timezone.make_aware(
        datetime.combine(day, time.min), timezone.get_default_timezone()
    )


def beginning_after(day: date) -> datetime | None:
    """Return the instant at which ``day`` is over, None for the calendar's last one."""
    if day >= date.max - timedelta(days=1):
        return None
    return beginning_of(day + timedelta(days=1))
