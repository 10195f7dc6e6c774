"""The database is gone, hangs, and comes back."""

import time

import pytest
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

from core import database
from tests.helpers.database_gone import (
    IS_POSTGRESQL,
    database_gone,
    end_connection,
    works_on,
)
from tests.helpers.relay import Relay
from tests.helpers.visiting import visit

postgresql = pytest.mark.skipif(not IS_POSTGRESQL, reason="needs PostgreSQL")

NOWHERE = "/nowhere/"  # asks the database and finds nothing: 404 when all is well
SOON = 30  # seconds: machines that test are slow and busy


@pytest.mark.usefixtures("home")
class TestGone:
    ADDRESSES = ("/", NOWHERE, "/admin/", "/sitemap.xml", "/search/?query=fatigue")

    def test_is_answered_by_a_page_that_says_when_to_come_back(self):
        with database_gone():
            answers = [visit(address, as_somebody=True) for address in self.ADDRESSES]

        for answer in answers:
            assert answer.status == 503
            assert answer.headers["Retry-After"] == "60"
            assert answer.headers["Cache-Control"] == "no-store"
            assert "Please try again in a minute" in answer.text
            assert "noindex" in answer.text

    def test_is_over_with_the_first_request_after_it(self):
        with database_gone():
            assert visit("/").status == 503

        assert visit("/").status == 200

    def test_loses_nothing_that_was_posted(self):
        posted = {"password": "hunter2", "email": "a@example.org"}
        with database_gone():
            answers = [
                visit(address, posted)
                for address in ("/admin/login/", "/newsletter/sign-up/", NOWHERE)
            ]

        for answer in answers:
            assert answer.status == 503
            assert "reload it: your browser then sends the same again" in answer.text
            assert "hunter2" not in answer.text

    @pytest.mark.skipif(IS_POSTGRESQL, reason="needs SQLite")
    def test_is_told_from_a_query_that_is_wrong(self):
        with pytest.raises(OperationalError) as wrong, connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

        assert not database.is_gone(wrong.value)


@pytest.fixture
def line(db):
    """The line to PostgreSQL on which the site works, to be cut and mended."""
    other = connection.copy()
    of = other.settings_dict
    with Relay(of["HOST"] or "127.0.0.1", int(of["PORT"] or 5432)) as line:
        of |= {"HOST": "127.0.0.1", "PORT": line.port, "CONN_MAX_AGE": None}
        with works_on(other):
            yield line


@pytest.fixture
def limited(settings, monkeypatch):
    """Queries are limited as where visitors are answered, though to one second."""
    settings.DATABASE_PATIENCE = 1
    monkeypatch.setattr(database, "_GRACE", 1)
    database.limit_queries()
    yield
    connection_created.disconnect(dispatch_uid="core.database")


@postgresql
def test_postgresql_compiles_no_query(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)


@postgresql
class TestRestarted:
    def test_costs_no_visitor_an_error(self, line):
        assert visit(NOWHERE).status == 404
        end_connection()

        assert visit(NOWHERE).status == 404
        assert line.accepted == 3, "the connection was kept, and replaced once"

    def test_costs_no_error_once_it_is_back(self, line):
        visit(NOWHERE)
        line.cut()
        assert visit(NOWHERE).status == 503

        line.mend()

        assert [visit(NOWHERE).status for _ in range(3)] == [404] * 3


@postgresql
class TestHanging:
    def test_at_the_door_holds_nobody_for_long(self, line):
        line.hang()
        started = time.monotonic()

        assert visit(NOWHERE).status == 503
        assert time.monotonic() - started < SOON

    def test_with_a_connection_open_holds_nobody_for_long(self, line, limited):
        visit(NOWHERE)
        line.hang()
        started = time.monotonic()

        assert visit(NOWHERE).status == 503
        assert time.monotonic() - started < SOON
        line.mend()
        assert visit(NOWHERE).status == 404

    def test_a_query_that_takes_too_long_is_stopped(self, line, limited):
        started = time.monotonic()
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")

        assert time.monotonic() - started < SOON
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    def test_commands_may_take_longer(self, line):
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")

            assert cursor.fetchone() == ("0",)
