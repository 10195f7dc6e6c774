"""How calendars are written."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from review.due.feed.icalendar import Event, calendar
from tests.helpers.icalendar import read

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


class TestWriting:
    """RFC 5545."""

    @given(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.one_of(
            st.dates(date(1900, 1, 1)),
            st.datetimes(datetime(1900, 1, 2), timezones=st.just(UTC)),
        ),
    )
    def test_whatever_is_written_is_read_again(self, text, when):
        [entry] = read(self.event(summary=text, when=when))

        kept = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", re.sub(r"\r\n?", "\n", text))
        assert entry["SUMMARY"] == f":{kept}"

    def event(self, **given):
        whole = {
            "uid": "1@localhost",
            "when": date(2026, 12, 31),
            "summary": "S",
            "description": "D",
            "url": "https://localhost/",
            "changed_at": NOW,
            **given,
        }
        return calendar("Due", "-//localhost//EN", [Event(**whole)])

    def test_lines_are_at_most_75_octets_and_characters_stay_whole(self):
        written = self.event(summary="Überprüfung: 検査 " * 20)

        lines = written.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert lines.pop() == b""
        for line in lines:
            line.decode()
        unfolded = written.replace(b"\r\n ", b"").decode()
        assert f"SUMMARY:{'Überprüfung: 検査 ' * 20}\r\n" in unfolded

    def test_texts_cannot_end_their_line_or_begin_another(self):
        written = self.event(summary="a\\b;c,d\r\nEND:VEVENT\rx\ny\0\x1b").decode()

        assert "SUMMARY:a\\\\b\\;c\\,d\\nEND:VEVENT\\nx\\ny\r\n" in written
        assert written.count("END:VEVENT\r\n") == 1

    def test_whole_days_end_before_the_next_one(self):
        written = self.event().decode()

        assert "DTSTART;VALUE=DATE:20261231\r\n" in written
        assert "DTEND;VALUE=DATE:20270101\r\n" in written
        assert "DTSTAMP:20260615T120000Z\r\n" in written
        assert "LAST-MODIFIED:20260615T120000Z\r\n" in written
        assert "DTEND" not in self.event(when=date.max).decode()

    def test_a_calendar_of_nothing_is_one(self):
        written = calendar("Due", "-//localhost//EN", []).decode()

        assert written.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
        assert written.endswith("END:VCALENDAR\r\n")
