"""Writes calendars (RFC 5545)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75  # octets of a line, without its end (section 3.1)
# Nothing but these in a text (section 3.3.11); a tab is one of them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SEQUENCE_BEGINS = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    """One entry.

    Attributes:
        uid: Stable, and nobody else's in the world.
        when: A day, or a moment with its time zone.
        changed_at: When it was last another one.
    """

    uid: str
    when: date | datetime
    summary: str
    description: str
    url: str
    changed_at: datetime


def calendar(name: str, product: str, events: Iterable[Event]) -> bytes:
    """Return a calendar of ``events``.

    Without a METHOD, which asks for an ORGANIZER (RFC 5546, 3.2.1): this is what lies
    in our calendar now, so that DTSTAMP is when each last changed (RFC 5545, 3.8.7.2),
    and nothing differs while nothing has.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_text(product)}",
        "CALSCALE:GREGORIAN",
        # Not in the standard, and read by all that show a name.
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for event in events:
        lines += _lines(event)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _lines(event: Event) -> Iterator[str]:
    changed = _moment(event.changed_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{_sequence(event.changed_at)}"
    if isinstance(event.when, datetime):
        yield f"DTSTART:{_moment(event.when)}"
    else:
        yield f"DTSTART;VALUE=DATE:{_day(event.when)}"
        # The day after the last, which a calendar does not have after its own last.
        if event.when < date.max:
            yield f"DTEND;VALUE=DATE:{_day(event.when + timedelta(days=1))}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    yield f"URL:{_CONTROL.sub('', event.url)}"
    # It takes nobody's time.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    r"""Return ``text`` escaped: ``\``, ``;``, ``,`` and the ends of lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return _CONTROL.sub("", text.replace("\n", "\\n"))


def _folded(line: str) -> bytes:
    """Return ``line`` in lines of at most `_LONGEST` octets, between characters."""
    lines, rest = [b""], _LONGEST
    for character in line:
        octets = character.encode("utf-8", "replace")
        if len(octets) > rest:
            lines.append(b" ")
            rest = _LONGEST - 1
        lines[-1] += octets
        rest -= len(octets)
    return b"".join(each + b"\r\n" for each in lines)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _sequence(changed_at: datetime) -> int:
    """Return a number that grows with each change: seconds, which end in 2088."""
    seconds = int((changed_at - _SEQUENCE_BEGINS).total_seconds())
    return min(max(0, seconds), 2**31 - 1)
