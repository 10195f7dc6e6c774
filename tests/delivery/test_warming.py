"""A new generation's pages are there before somebody asks for them."""

from datetime import UTC, datetime

import pytest
from django.db import OperationalError
from wagtail.models import Page

from delivery import calendar
from delivery.generations import generations
from delivery.warming import Warmer, moment, rehearse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_transaction")]


@pytest.fixture
def kept(folder):
    return generations()


@pytest.fixture
def next_generation(kept, monkeypatch):
    numbers = iter(range(1_800_000_000, 1_800_001_000))

    def begin():
        now = float(next(numbers))
        monkeypatch.setattr("delivery.linked.time.time", lambda: now)
        kept.start()
        return moment(kept)

    return begin


@pytest.fixture
def warmer(visitor):
    return Warmer(visitor.application)


def warm(warmer, kept, generation, is_over=lambda: False):
    return list(warmer.warm(kept, generation, is_over))


def test_the_front_page_and_what_it_links_to_come_first(
    warmer, kept, next_generation, visitor, pages
):
    made = warm(warmer, kept, next_generation())

    assert made[:2] == ["localhost_8000/", "localhost_8000/blog/"]
    before = visitor.made
    assert visitor.get("/blog/").status == 200
    assert visitor.made == before


def test_what_the_last_generation_held_follows(
    warmer, kept, next_generation, visitor, pages
):
    next_generation()
    visitor.get("/about/")

    assert warm(warmer, kept, next_generation())[-1] == "localhost_8000/about/"


def test_the_next_change_ends_it_and_nothing_is_forgotten(
    warmer, kept, next_generation, visitor, pages
):
    first = next_generation()
    visitor.get("/about/")
    walk = warmer.warm(kept, first, lambda: False)
    assert next(walk) == "localhost_8000/"

    second, third = next_generation(), next_generation()

    assert list(walk) == []
    assert second != third
    assert "localhost_8000/about/" in warm(warmer, kept, third)


def test_a_page_that_is_gone_is_asked_for_once_more_and_then_forgotten(
    warmer, kept, next_generation, visitor, pages
):
    next_generation()
    visitor.get("/about/")
    Page.objects.filter(slug="about").update(live=False)

    assert "localhost_8000/about/" not in warm(warmer, kept, next_generation())
    assert "localhost_8000/about/" not in warmer._known


def test_what_fails_for_a_while_is_not_forgotten(
    warmer, kept, next_generation, visitor, pages, monkeypatch
):
    next_generation()
    visitor.get("/about/")
    with monkeypatch.context() as broken:
        broken.setattr(warmer, "_ask", lambda key: (503, "", b""))
        assert warm(warmer, kept, next_generation()) == []

    assert "localhost_8000/about/" in warm(warmer, kept, next_generation())


def test_stored_pages_of_a_host_that_is_no_longer_ours_are_left_alone(
    warmer, kept, next_generation, visitor, folder, pages
):
    next_generation()
    visitor.get("/about/")
    (folder / kept.current() / "t1" / "old.example" / ".p").mkdir(parents=True)

    made = warm(warmer, kept, next_generation())

    assert "localhost_8000/about/" in made
    assert "old.example/" not in made


def test_links_to_other_hosts_and_in_no_encoding_are_not_followed(
    warmer, kept, next_generation, monkeypatch
):
    links = b'<a href="//other.example/"><a href="/\xff/"><a href="/about/">'
    asked = []

    def application(environ, start_response):
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return [links]

    warm(Warmer(application), kept, next_generation())

    assert asked[0] == "/"
    assert "/about/" in asked
    assert not [path for path in asked if "other.example" in path]


def test_what_cannot_be_asked_for_is_logged_and_holds_nobody_up(
    warmer, kept, next_generation, visitor, pages, monkeypatch, caplog
):
    next_generation()
    visitor.get("/about/")
    ask = warmer._ask

    def fails(key):
        if key.endswith("/blog/"):
            raise ValueError("no page of ours")
        return ask(key)

    monkeypatch.setattr(warmer, "_ask", fails)

    assert "localhost_8000/about/" in warm(warmer, kept, next_generation())
    assert "localhost_8000/blog/" in caplog.text


def test_it_ends_with_the_server_that_started_it(warmer, kept, next_generation, pages):
    assert warm(warmer, kept, next_generation(), is_over=lambda: True) == []


def test_a_walk_ends_with_its_period(warmer, kept, pages, monkeypatch):
    now, at = [1_800_000_000.0], datetime.fromtimestamp(1_800_086_400, tz=UTC)
    monkeypatch.setattr(calendar, "_sources", [lambda after: at])
    monkeypatch.setattr("delivery.linked.time.time", lambda: now[0])
    walk = warmer.warm(kept, moment(kept), lambda: False)
    assert next(walk) == "localhost_8000/"

    now[0] += 10_000

    assert list(walk) == []


class TestRehearsal:
    """A server answers some requests before its workers part from it."""

    @pytest.fixture(autouse=True)
    def closed(self, monkeypatch):
        """What says that connections were closed; the test's own stays."""
        calls = []
        monkeypatch.setattr(
            "delivery.warming.connections.close_all", lambda: calls.append("closed")
        )
        return calls

    def test_makes_the_front_page_and_what_it_links_to(
        self, next_generation, visitor, stored, pages, closed
    ):
        next_generation()

        rehearse(visitor.application)

        assert stored()[:2] == ["localhost_8000", "localhost_8000/blog"]
        assert closed == ["closed"]

    def test_needs_no_store(self, settings, visitor, pages, closed):
        settings.PAGE_STORE = ""

        rehearse(visitor.application)

        assert visitor.made >= 2
        assert closed == ["closed"]

    def test_without_a_database_harms_nobody(self, folder, closed):
        def broken(environ, start_response):
            raise OperationalError("gone")

        rehearse(broken)

        assert closed == ["closed"]
