"""What is due in somebody's own calendar, by an address that only they have."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from config.log_filters import TokensStruckOut
from django.core.cache import cache
from django.urls import reverse
from lxml import html
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from core.due import registry
from home.roles import EDITORS, MODERATORS
from people.models import Credential
from review.due.feed import views
from review.due.feed.icalendar import Event, calendar
from review.models import CalendarAddress
from review.models.due import ENDED, MADE
from tests.helpers.factories import ContentPageFactory, PersonPageFactory
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
PAGE = reverse("due_address")


@pytest.fixture(autouse=True)
def _clock(at):
    at(NOW)


@pytest.fixture
def moderator(log_in):
    return log_in(MODERATORS)


@pytest.fixture
def url(moderator):
    return make(moderator)


def make(client):
    """Make an address as somebody does, and return its path."""
    text = client.post(PAGE, {"act": "make"}, follow=True).content.decode()
    [address] = html.fromstring(text).xpath("//textarea[@id='calendar-address']/text()")
    assert address.startswith("http://localhost")
    return address[address.index("/due/") :]


def waiting(home, title="A plain page"):
    page = ContentPageFactory(parent=home, title=title, live=False)
    page.go_live_at = NOW + timedelta(days=3)
    page.save_revision()
    return page


class TestAddress:
    def test_is_shown_once_and_kept_as_a_hash(self, moderator, url):
        token = url.split("/")[3]
        secret = token.rpartition(".")[0]

        assert secret not in moderator.get(PAGE).content.decode()
        [address] = CalendarAddress.objects.all()
        assert len(secret) >= 43
        assert secret not in str(vars(address))
        assert "no-store" in moderator.get(PAGE)["Cache-Control"]

    def test_making_a_new_one_ends_the_old_one(self, moderator, url, client):
        new = make(moderator)

        assert new != url
        assert client.get(url).status_code == 404
        assert client.get(new).status_code == 200

    def test_reloading_the_page_that_shows_it_makes_no_other(self, moderator, client):
        response = moderator.post(PAGE, {"act": "make"})
        assert response["Location"] == PAGE
        token = CalendarAddress.objects.get().token_hash

        assert "<textarea" in moderator.get(PAGE).content.decode()
        assert "<textarea" not in moderator.get(PAGE).content.decode()
        assert CalendarAddress.objects.get().token_hash == token

    @pytest.mark.parametrize("ends", ["a new password", "another session"])
    def test_ends_with_what_else_was_open(self, moderator, url, client, ends):
        user = moderator.user
        user.first_name = "Ada"
        user.save()
        assert client.get(url).status_code == 200

        if ends == "a new password":
            user.set_password("another-Long-pass-9")
            user.save()
        else:
            user.end_sessions()

        assert client.get(url).status_code == 404
        entries = ModelLogEntry.objects.filter(
            action__startswith="review.calendar_address"
        )
        assert set(entries.values_list("action", flat=True)) == {MADE, ENDED}

    def test_its_owner_ends_it(self, moderator, url, client):
        moderator.post(PAGE, {"act": "end"})

        assert client.get(url).status_code == 404
        assert "Make an address" in moderator.get(PAGE).content.decode()

    def test_looking_at_the_page_makes_nothing(self, moderator):
        moderator.get(PAGE, {"act": "make"})
        moderator.post(PAGE, {"act": "something else"})

        assert not CalendarAddress.objects.exists()


class TestCalendar:
    def test_is_read_without_signing_in_and_names_no_patient(self, url, home, client):
        page = waiting(home, "Rest, and work; slowly")
        consent = ConsentFactory(given_on=NOW.date() - timedelta(days=400))
        client.logout()

        answer = client.get(url)

        text = answer.content.decode().replace("\r\n ", "")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert (
            "SUMMARY:Scheduled\\, but never approved: Rest\\, and work\\; slowly\r\n"
            in text
        )
        assert f"URL:http://localhost:8000/admin/pages/{page.pk}/edit/" in text
        assert f"UID:never-approved-{page.pk}@localhost" in text
        assert "DTSTART:20260618T120000Z" in text
        assert "SUMMARY:Consent to be confirmed: A person who told" in text
        assert consent.subject.name not in text
        assert consent.subject.reference_code not in text

    def test_tells_of_a_story_without_its_title(self, url, home, client):
        """A draft's may still name the patient."""
        stories = TestimonialIndexPageFactory(parent=home)
        page = TestimonialPageFactory(
            parent=stories, title="Rosalind Quill walks", live=False
        )
        page.go_live_at = NOW + timedelta(days=3)
        page.save_revision()

        text = client.get(url).content.decode().replace("\r\n ", "")

        assert "SUMMARY:Scheduled\\, but never approved: A story\r\n" in text
        assert "Rosalind" not in text

    def test_says_that_there_is_more_than_was_read(
        self, url, home, client, monkeypatch
    ):
        monkeypatch.setattr(registry, "MOST", 1)
        for title in ("One", "Another"):
            waiting(home, title)

        assert "SUMMARY:More is due than" in client.get(url).content.decode()

    def test_is_asked_again_without_content_until_something_changes(
        self, url, home, client, at
    ):
        page = waiting(home)
        first = client.get(url)
        at(NOW + timedelta(hours=1))

        again = client.get(url, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        for answer in (first, again):
            assert answer["Cache-Control"] == "private, no-cache"
        page.title = "Another title"
        page.save_revision()
        changed = client.get(url, headers={"if-none-match": first["ETag"]})
        assert changed.status_code == 200
        assert sequence(changed) > sequence(first)

    def test_speaks_the_language_of_its_owner(self, moderator, url, home, client):
        UserProfile.objects.update_or_create(
            user=moderator.user, defaults={"preferred_language": "de"}
        )
        ConsentFactory(given_on=NOW.date() - timedelta(days=400))

        text = client.get(url).content.decode().replace("\r\n ", "")

        assert "was fällig ist" in text
        assert "What is due" in text  # the product's name, for machines

    def test_days_are_those_of_its_owner(self, moderator, url, home, client, at):
        """Published on the tenth in London, on the ninth in New York."""
        UserProfile.objects.update_or_create(
            user=moderator.user, defaults={"current_time_zone": "America/New_York"}
        )
        person = PersonPageFactory(parent=home)
        Credential.objects.create(person=person, name="MD", is_clinical=True)
        published = datetime(2026, 6, 10, 2, tzinfo=UTC)
        type(person).objects.update(first_published_at=published)

        assert "DTSTART;VALUE=DATE:20260609" in client.get(url).content.decode()

    def test_asks_for_its_owners_rights_each_time(self, moderator, url, home, client):
        waiting(home)
        consent = ConsentFactory(given_on=NOW.date() - timedelta(days=400))
        register = f"/admin/story_subjects/register/{consent.subject_id}/"
        user = moderator.user

        def told():
            return client.get(url).content.decode().replace("\r\n ", "")

        assert register in told()
        user.groups.set([type(user.groups.get()).objects.get(name=EDITORS)])
        assert "A plain page" in told()
        assert register not in told()
        user.groups.clear()
        assert client.get(url).status_code == 404
        user.is_superuser = True
        user.save()
        assert client.get(url).status_code == 200
        user.is_active = False
        user.save()
        assert client.get(url).status_code == 404

    @pytest.mark.parametrize("token", ["x", "x.y", "%00", "a" * 5000, "é.ü"])
    @pytest.mark.every_case
    def test_a_guessed_address_is_not_found_and_asks_no_database(
        self, client, token, home, django_assert_num_queries
    ):
        assert client.get(f"/due/with/{token}/calendar.ics").status_code in {404, 400}
        with django_assert_num_queries(0):
            assert CalendarAddress.objects.with_token(token) is None

    def test_anothers_signature_does_not_open_it(self, url, client):
        token = url.split("/")[3]
        altered = ("A" if token[0] != "A" else "B") + token[1:]

        assert client.get(url.replace(token, altered)).status_code == 404

    def test_is_only_read(self, url, client):
        assert client.head(url).status_code == 200
        assert client.head(url).content == b""
        for method in (client.post, client.put, client.delete, client.options):
            assert method(url).status_code == 405

    def test_asking_without_end_is_slowed_down(self, url, client, monkeypatch):
        limit = views.Limit("due-calendars-tested", 2, 60)
        monkeypatch.setattr(views, "VISITS", limit)
        cache.clear()

        answers = [client.get(url) for _ in range(3)]

        assert [each.status_code for each in answers] == [200, 200, 429]
        assert answers[-1]["Retry-After"] == "60"

    def test_its_token_is_in_no_log(self, url):
        token = url.split("/")[3]
        line = logging.LogRecord("", 20, "", 1, 'GET %s" 404', (url,), None)

        TokensStruckOut().filter(line)

        assert token not in line.getMessage()
        assert "/due/with/…/calendar.ics" in line.getMessage()


def sequence(answer):
    [line] = [
        line for line in answer.content.decode().splitlines() if "SEQUENCE" in line
    ]
    return int(line.partition(":")[2])


class TestWriting:
    """RFC 5545."""

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
