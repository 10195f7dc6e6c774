"""When what readers see changes by itself, because a day or an hour has come."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from delivery.once import current_generation, once_per_generation
from delivery.protocol import opened_at

Source = Callable[[datetime], datetime | None]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source: it returns the next change after the instant that it is given.

    A change is something of an app that appears, disappears or reads differently, with
    nobody having stored anything.
    """
    if source not in _sources:
        _sources.append(source)


@once_per_generation
def next_change(now: datetime) -> datetime | None:
    """Return the first instant after ``now`` at which something changes by itself."""
    return min((at for source in _sources if (at := source(now))), default=None)


def changes_around(now: datetime, since: datetime) -> tuple[datetime, datetime | None]:
    """Return the last change up to ``now`` and the next, of those after ``since``.

    ``since`` is the last where there was none. Asked with the start of a generation, it
    costs queries once for each change, and not for each page. A generation that starts
    after ``now``, since a clock was set back, counts from the beginning of the day.
    """
    if since > now:
        since = beginning_of(today(now))
    last, upcoming = since, next_change(since)
    while upcoming and upcoming <= now:
        last, upcoming = upcoming, next_change(upcoming)
    return last, upcoming


def holds_in(generation: str, now: datetime) -> tuple[datetime, datetime | None]:
    """Return since when and until when what is made now holds, in a generation."""
    return changes_around(now, datetime.fromtimestamp(opened_at(generation), tz=UTC))


def today(now: datetime | None = None) -> date:
    """Return the day at ``now`` (default: now) where the clinic's clocks are.

    What readers see depends on it, whoever asks: Wagtail answers its editors, and
    renders their previews, in time zones of their own.
    """
    return timezone.localdate(now, timezone.get_default_timezone())


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


def period() -> datetime | None:
    """Return since when nothing has changed by itself, for this request's generation.

    What depends on the time is worked out `once_per_generation` with this among its
    arguments. None without a generation: nothing is shared with other requests.
    """
    generation = current_generation()
    if generation is None:
        return None
    return holds_in(generation, timezone.now())[0]
