"""A new generation's pages are there before somebody asks for them."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import OperationalError
from wagtail.models import Page

from articles.models.index_page import ArticleIndexPage
from core.models.site_settings import NavigationSettings
from delivery import calendar
from delivery.generations import generations
from delivery.linked import LinkedGenerations
from delivery.warming import Warmer, moment
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    SiteImageFactory,
)
from tests.helpers.prepared_database import copy_prepared
from tests.helpers.production import run
from tests.helpers.visiting import open_transaction_kept
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_transaction(db):
    with open_transaction_kept():
        yield


@pytest.fixture
def pages(home):
    ContentPageFactory(parent=home, slug="about")
    index = ArticleIndexPageFactory(parent=home, slug="blog")
    settings = NavigationSettings.for_site(home.get_site())
    link = {"page": index, "url": "", "label": "", "children": []}
    settings.menu = [("item", link)]
    settings.save()


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


def test_its_start_forgets_nothing_that_is_kept(tmp_path, pytestconfig):
    kept = LinkedGenerations(tmp_path / "pages")
    kept.start()
    opened = kept.current()
    copy_prepared(pytestconfig, tmp_path / "db.sqlite3")
    environment = {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
    }

    done = run(
        "manage.py", "warm_pages", "--once", environment=environment, settings="local"
    )

    assert "pages in" in done.stdout, done.stderr
    assert kept.current() == opened


def test_it_ends_with_the_server_that_started_it(warmer, kept, next_generation, pages):
    assert warm(warmer, kept, next_generation(), is_over=lambda: True) == []


@pytest.fixture
def command(visitor, monkeypatch):
    """``command(pause, ...)`` runs the command, whose pauses take as many seconds.

    A function among them is called in a pause of one.
    """
    now, parent = [1_800_000_000.0], [1]
    monkeypatch.setattr("delivery.linked.time.time", lambda: now[0])
    monkeypatch.setattr("os.nice", lambda step: 0)
    monkeypatch.setattr("os.getppid", lambda: parent[0])
    module = "delivery.management.commands.warm_pages"
    monkeypatch.setattr(
        f"{module}.get_internal_wsgi_application", lambda: visitor.application
    )

    def run_command(*pauses, **options):
        left = list(pauses)

        def sleep(seconds):
            if not left:
                parent[0] += 1
                return
            pause = left.pop(0)
            now[0] += 1 if callable(pause) else pause
            if callable(pause):
                pause()

        monkeypatch.setattr(f"{module}.time.sleep", sleep)
        monkeypatch.setattr(f"{module}.time.monotonic", lambda: now[0])
        call_command("warm_pages", **options)

    return run_command


def test_the_command_says_what_it_made(pages, command, stored, capsys):
    command(once=True, verbosity=2)

    assert "1 localhost_8000/\n" in capsys.readouterr().out
    assert "localhost_8000/blog" in stored()


class TestPeriods:
    """What something that changes by itself does to all pages."""

    @pytest.fixture(autouse=True)
    def change(self, monkeypatch, pages):
        """Something changes after a day."""
        at = datetime.fromtimestamp(1_800_086_405, tz=UTC)
        source = lambda after: at if at > after else None  # noqa: E731
        monkeypatch.setattr(calendar, "_sources", [source])

    def test_pages_that_lapse_with_a_period_are_made_again(
        self, command, visitor, capsys
    ):
        command(1, 1, 10_000, 1)

        assert capsys.readouterr().out.count("pages in") == 2
        made = visitor.made
        assert visitor.get("/blog/").status == 200
        assert visitor.made == made

    def test_pages_are_made_again_once_the_change_has_come(
        self, command, visitor, capsys
    ):
        command(86_402, 10)

        assert capsys.readouterr().out.count("pages in") == 2
        made = visitor.made
        assert visitor.get("/blog/").status == 200
        assert visitor.made == made

    def test_a_database_that_is_gone_for_a_while_ends_nothing(
        self, command, capsys, monkeypatch
    ):
        def source(after):
            raise OperationalError

        monkeypatch.setattr(calendar, "_sources", [source])

        def is_back():
            monkeypatch.setattr(calendar, "_sources", [])

        command(is_back, 1)

        assert capsys.readouterr().out.count("pages in") == 1

    def test_a_walk_ends_with_its_period(self, warmer, kept, monkeypatch):
        now = [1_800_000_000.0]
        monkeypatch.setattr("delivery.linked.time.time", lambda: now[0])
        walk = warmer.warm(kept, moment(kept), lambda: False)
        assert next(walk) == "localhost_8000/"

        now[0] += 10_000

        assert list(walk) == []


@pytest.mark.usefixtures("queue", "article")
class TestNewPicture:
    """A list is not kept while the pictures of its cards are being made."""

    @pytest.fixture
    def article(self, pages):
        return ArticlePageFactory(
            parent=ArticleIndexPage.objects.get(),
            lead_image=SiteImageFactory(file__width=900, file__height=600),
        )

    def test_what_shows_it_is_asked_for_again_once_it_is_made(
        self, command, visitor, stored, capsys
    ):
        command(run_queued, 1)

        assert "localhost_8000/blog" in stored()
        assert "and 1 with its pictures" in capsys.readouterr().out
        made = visitor.made
        assert visitor.get("/blog/").status == 200
        assert visitor.made == made

    def test_until_then_it_is_asked_for_ever_more_seldom(
        self, command, visitor, stored
    ):
        command(1)
        before = visitor.made

        command(*[1] * 1_000)

        assert "localhost_8000/blog" not in stored()
        assert 5 < visitor.made - before < 20


def test_without_a_store_the_command_says_so_and_ends(settings, capsys):
    settings.PAGE_STORE = ""

    call_command("warm_pages")
    call_command("start_generation")

    assert capsys.readouterr().out.count("No pages are kept here") == 2
