"""The command that makes pages again runs beside the server, and follows it."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import OperationalError

from articles.models.index_page import ArticleIndexPage
from delivery import calendar
from delivery.linked import LinkedGenerations
from tests.helpers.factories import ArticlePageFactory, SiteImageFactory
from tests.helpers.prepared_database import copy_prepared
from tests.helpers.production import run
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_transaction")]


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


def test_without_a_store_the_command_says_so_and_ends(settings, capsys):
    settings.PAGE_STORE = ""

    call_command("warm_pages")
    call_command("start_generation")

    assert capsys.readouterr().out.count("No pages are kept here") == 2


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
