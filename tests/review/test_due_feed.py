"""What is due in somebody's own calendar, by an address that only they have."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from config.log_filters import TokensStruckOut
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from core.due import registry
from home.roles import EDITORS, MODERATORS
from people.models import Credential
from review.due.feed import views
from review.models import CalendarAddress
from review.models.due import ENDED, MADE
from tests.helpers.factories import ContentPageFactory, PersonPageFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.helpers.icalendar import read

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
            assert answer["Cache-Control"] == "private, no-store"
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

    def test_days_are_those_of_the_site_for_a_time_zone_that_is_no_more(
        self, moderator, url, home, client
    ):
        waiting(home)
        UserProfile.objects.update_or_create(
            user=moderator.user, defaults={"current_time_zone": "Nowhere/At_All"}
        )

        assert "A plain page" in client.get(url).content.decode()

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

    def test_an_address_that_has_ended_answers_as_one_that_never_was(
        self, moderator, url
    ):
        anybody = Client()
        never = anybody.get("/due/with/never-made/calendar.ics")
        make(moderator)
        replaced = anybody.get(url)
        current = make(moderator)
        moderator.post(PAGE, {"act": "end"})
        ended = anybody.get(current)
        closed = make(moderator)
        type(moderator.user).objects.update(is_active=False)

        for answer in (replaced, ended, anybody.get(closed)):
            assert answer.status_code == never.status_code == 404
            assert answer.content == never.content
            assert dict(answer.headers) == dict(never.headers)

    def test_neither_sets_a_cookie_nor_depends_on_one(self, moderator, url):
        """Also where somebody opens it who is signed in, as somebody else or not."""
        for browser in (Client(), moderator):
            answer = browser.get(url)
            assert not answer.cookies
            assert "cookie" not in answer.get("Vary", "").lower()

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


@pytest.mark.parametrize("language", ["", "de"])
@pytest.mark.every_case
def test_a_strict_reader_takes_all_of_it(moderator, url, home, client, language):
    UserProfile.objects.update_or_create(
        user=moderator.user, defaults={"preferred_language": language}
    )
    waiting(home, "Ein, zwei; drei\\ und überhaupt 検査" * 3)
    ConsentFactory(given_on=NOW.date() - timedelta(days=400))
    ApplicationFormPageFactory(
        parent=home, slug="a", closes_at=NOW + timedelta(days=300)
    )
    ApplicationFormPageFactory(
        parent=home, slug="b", paused=True, reopens_on=date(2026, 6, 1)
    )

    entries = read(client.get(url).content)

    assert len(entries) == 4
    assert any("Ein, zwei; drei\\ und" in each["SUMMARY"] for each in entries)
