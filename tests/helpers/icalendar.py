"""A strict reader of calendars (RFC 5545)."""

import re
from urllib.parse import urlsplit


def read(written):
    """Return the entries of a calendar as a strict reader of RFC 5545 has them.

    Each is a dictionary of names to values, as they are written; texts unescaped.
    """
    assert written.endswith(b"\r\n")
    for line in written[:-2].split(b"\r\n"):
        assert len(line) <= 75
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
        line.decode()
    lines = written.replace(b"\r\n ", b"").decode()[:-2].split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    entries, at = [], {}
    head = at
    for line in lines[1:-1]:
        name, params, value = _LINE.fullmatch(line).groups()
        if name == "BEGIN":
            assert value == "VEVENT"
            assert at is head
            at = {}
        elif name == "END":
            assert value == "VEVENT"
            entries.append(at)
            at = head
        else:
            assert name not in at
            at[name] = params + _text(value) if name in _TEXTS else params + value
    assert at is head
    assert head["VERSION"] == ":2.0"
    assert head["PRODID"].startswith(":-//")
    assert "METHOD" not in head
    assert len({entry["UID"] for entry in entries}) == len(entries)
    for entry in entries:
        assert _UTC.fullmatch(entry["DTSTAMP"])
        assert entry["DTSTAMP"] == entry["LAST-MODIFIED"]
        assert 0 <= int(entry["SEQUENCE"][1:]) < 2**31
        start = entry["DTSTART"]
        if not _UTC.fullmatch(start):
            assert _DAY.fullmatch(start)
            assert entry.get("DTEND", ";VALUE=DATE:99999999") > start
            assert "T" not in entry.get("DTEND", "").removeprefix(";VALUE=DATE")
        assert urlsplit(entry["URL"][1:]).scheme in {"http", "https"}
        assert entry["URL"].isascii()
    return entries


_TEXTS = {"UID", "SUMMARY", "DESCRIPTION", "PRODID", "X-WR-CALNAME"}
_LINE = re.compile(r"([A-Z0-9-]+)((?:;[A-Z-]+=[A-Z0-9-]+)*:)(.*)", re.DOTALL)
_UTC = re.compile(r":\d{8}T\d{6}Z")
_DAY = re.compile(r";VALUE=DATE:\d{8}")
_ESCAPED = re.compile(r"\\([\\;,nN])")


def _text(value):
    assert not re.search(r"[,;\\]", _ESCAPED.sub("", value))
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)
