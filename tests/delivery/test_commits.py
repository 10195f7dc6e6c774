"""A change that is committed is what the next request shows."""

import os
import signal
from contextlib import contextmanager, nullcontext

import pytest
from django.core.management import call_command
from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from wagtail.models import Page, Site

from core.models.topics import Topic
from delivery.database.watching import _COMMITS
from delivery.generations import generations
from delivery.protocol import commits_have_ended
from tests.helpers.children import in_a_child
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.relay import Relay
from tests.helpers.shared_generations import empty, end_leases, without_limit

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/blog/"
RENAME = "UPDATE wagtailcore_page SET title = %s WHERE slug = 'blog'"


class Linked:
    """Generations of one machine, of which each change opens one at once.

    In life one a second does.
    """

    def __init__(self, request, settings):
        self.monkeypatch = request.getfixturevalue("monkeypatch")
        numbers = iter(range(1, 1000))
        self.monkeypatch.setattr(
            "delivery.linked.time.time", lambda: float(f"180000{next(numbers):04}")
        )

    def forget_the_killed(self):
        """Wait no longer for who was killed: by this clock, he was long ago."""

    @contextmanager
    def refused(self):
        def full(*args):
            raise OSError(28, "No space left on device")

        with self.monkeypatch.context() as broken:
            broken.setattr("pathlib.Path.symlink_to", full)
            yield "page store"


class Shared:
    """The same with those of several machines."""

    def __init__(self, request, settings):
        without_limit(request.getfixturevalue("monkeypatch"))
        port = request.getfixturevalue("redis_port")
        self.redis = empty(port)
        self.line = Relay("127.0.0.1", port)
        request.addfinalizer(self.line.cut)
        settings.PAGE_GENERATIONS = f"redis://127.0.0.1:{self.line.port}"
        generations().current()
        self.forget_the_killed()

    def forget_the_killed(self):
        end_leases(self.redis)

    @contextmanager
    def refused(self):
        self.line.cut()
        yield "PAGE_GENERATIONS"
        self.line.mend()


@pytest.fixture(params=[Linked, Shared])
def protocol(request, settings, folder):
    return request.param(request, settings)


@pytest.fixture
def index(home, folder, protocol):
    return ArticleIndexPageFactory(parent=home, slug="blog", title="Old title")


@pytest.fixture
def shown(visitor, index):
    """``shown()`` is the page that everybody gets, made once by the site."""

    def page():
        first = visitor.get(PATH)
        made = visitor.made
        assert visitor.get(PATH).content == first.content
        assert visitor.made == made, "the page was not kept"
        return first.text

    assert "Old title" in page()
    return page


def rename(title):
    Page.objects.filter(slug="blog").update(title=title, seo_title=title)


def raw_rename(title):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("UPDATE wagtailcore_page SET title = %s", [title])
        cursor.execute("SELECT title FROM wagtailcore_page")
        assert cursor.fetchone() == (title,)


def save(title):
    page = Page.objects.get(slug="blog").specific
    page.title = title
    page.save()


def publish(title):
    page = Page.objects.get(slug="blog").specific
    page.title = title
    page.save_revision().publish()


def in_a_transaction(title):
    with transaction.atomic():
        rename("Not yet")
        rename(title)


def after_a_savepoint(title):
    with transaction.atomic():
        with transaction.atomic():
            rename("Never")
            transaction.set_rollback(True)
        rename(title)


def after_a_table(title):
    with connection.cursor() as cursor:
        cursor.execute("WITH new AS (SELECT 1) " + RENAME, [title])


def rename_many(title):
    with connection.cursor() as cursor:
        cursor.executemany(RENAME, [["Not yet"], [title]])


def after_a_savepoint_in_words(title):
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT here")
        cursor.execute(RENAME, [title])
        cursor.execute("RELEASE SAVEPOINT here")


CHANGES = [
    rename,
    raw_rename,
    save,
    publish,
    in_a_transaction,
    after_a_savepoint,
    after_a_table,
    rename_many,
]


@contextmanager
def autocommit_off():
    transaction.set_autocommit(False)
    try:
        yield
    finally:
        transaction.rollback()
        transaction.set_autocommit(True)


@pytest.mark.parametrize("change", CHANGES)
def test_the_next_request_shows_the_change(shown, change):
    change("New title")

    assert "New title" in shown()


@pytest.mark.parametrize("change", [*CHANGES, after_a_savepoint_in_words])
def test_without_autocommit_a_change_waits_for_its_commit(shown, change):
    before = generations().current()

    with autocommit_off():
        change("Never")

    assert generations().current() == before
    assert Page.objects.get(slug="blog").title == "Old title"
    with autocommit_off():
        change("New title")
        transaction.commit()
    assert "New title" in shown()


@pytest.mark.parametrize(
    "words",
    [
        "COMMIT",
        " commit;",
        "END",
        "END TRANSACTION",
        "/* why */ COMMIT",
        "/* why */ -- how\n/**/ END",
        "-- why\nCOMMIT",
    ],
)
def test_no_generation_is_open_during_a_commit_in_words(shown, words):
    with autocommit_off():
        rename("New title")
        assert seen_during(words) == [None]

    assert "New title" in shown()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="It takes one at a time")
@pytest.mark.parametrize("words", ["COMMIT", "END", "/* /* why */ */ END"])
@pytest.mark.parametrize("autocommit", [True, False])
def test_no_generation_is_open_during_statements_of_which_one_commits(
    shown, words, autocommit
):
    update = "UPDATE wagtailcore_page SET title = 'New title'"
    sql = "; ".join(("BEGIN", update, words))
    with nullcontext() if autocommit else autocommit_off():
        assert seen_during(sql) == [None]

    assert "New title" in shown()


@pytest.mark.parametrize("commit", ["END", "/* why */ COMMIT"])
def test_a_transaction_that_ended_in_words_goes_on_in_another(shown, commit):
    with transaction.atomic():
        rename("New title")
        assert seen_during(commit) == [None]
        rename("Never")
        transaction.set_rollback(True)

    assert "New title" in shown()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_may_still_be_committing(monkeypatch, error):
    def fail():
        raise error("the connection is closed")

    monkeypatch.setattr(connection, "commits_have_ended", fail)

    assert not commits_have_ended()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="It ends with its process")
def test_the_database_knows_of_a_commit_until_that_has_ended(shown, monkeypatch):
    other = connection.copy()
    seen = []
    commit = BaseDatabaseWrapper._commit

    def look(committing):
        seen.append(other.commits_have_ended())
        commit(committing)

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", look)
    try:
        with transaction.atomic():
            rename("New title")
        assert seen == [False]
        assert other.commits_have_ended()
    finally:
        other.close()


def test_a_case_that_ends_holds_up_no_commit():
    for sql in (
        "UPDATE x SET y = CASE WHEN z THEN 1 ELSE 2 END",
        "UPDATE x SET y = '; to the end' WHERE legend = 'commitment'",
        "ROLLBACK TO SAVEPOINT here",
    ):
        assert not _COMMITS.search(sql)


def seen_during(sql):
    """Return which generations are open when a statement is executed."""
    found = []

    def look(execute, statement, *others):
        if statement == sql:
            found.append(generations().current())
        return execute(statement, *others)

    with connection.execute_wrapper(look), connection.cursor() as cursor:
        cursor.execute(sql)
    return found


def test_a_table_made_without_autocommit_is_gone_when_it_is_rolled_back(index):
    with autocommit_off(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE brief (number int)")

    assert "brief" not in connection.introspection.table_names()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Another driver refuses it")
def test_a_change_that_the_driver_commits_with_autocommit_shows(shown):
    transaction.set_autocommit(False)
    rename("New title")
    transaction.set_autocommit(True)

    assert "New title" in shown()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Others have no such words")
def test_after_an_error_that_ended_the_transaction_a_change_waits_for_its_commit(shown):
    topic = Topic.objects.create(name="Ataxia", slug="ataxia")
    before = generations().current()

    with transaction.atomic(), connection.cursor() as cursor:
        with pytest.raises(IntegrityError):
            cursor.execute(
                "INSERT OR ROLLBACK INTO core_topic SELECT * FROM core_topic"
            )
        rename("Never")
        transaction.set_rollback(True)

    assert Topic.objects.get() == topic
    assert generations().current() == before
    assert Page.objects.get(slug="blog").title == "Old title"


def test_a_site_that_moves_without_a_signal_moves_on_its_pages(shown):
    assert 'rel="canonical" href="http://localhost/blog/"' in shown()

    Site.objects.update(hostname="clinic.example")

    assert 'rel="canonical" href="http://clinic.example/blog/"' in shown()


@pytest.mark.parametrize(
    "sql",
    [
        "/* why */ UPDATE wagtailcore_page SET title = 'New title'",
        "DROP TABLE IF EXISTS brief",
        "VACUUM",
    ],
)
def test_a_statement_waits_for_others_before_it_holds_up_commits(shown, sql):
    """Who has the row that it waits for would wait for it, and nobody would end."""
    opened = generations().current()
    found = set()

    def look(execute, *statement):
        found.add(generations().current())
        return execute(*statement)

    with connection.execute_wrapper(look), connection.cursor() as cursor:
        cursor.execute(sql)

    assert found == {opened}


def test_what_is_rolled_back_starts_no_generation(shown):
    before = generations().current()

    with transaction.atomic():
        rename("Never")
        transaction.set_rollback(True)

    assert generations().current() == before
    rename("New title")
    assert "New title" in shown()


def test_a_record_that_is_made_by_itself_gets_its_number(index):
    # SQLite commits such a statement when its last row was fetched.
    topic = Topic.objects.create(name="Ataxia", slug="ataxia")

    assert Topic.objects.get() == topic
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_topic SET name = 'x' RETURNING name, slug")
        assert cursor.fetchmany(1) == [("x", "ataxia")]
        assert cursor.fetchall() == []
        cursor.execute("SELECT slug FROM core_topic")
        assert list(cursor) == [("ataxia",)]


def test_nothing_is_committed_where_old_pages_would_stay(shown, protocol):
    with protocol.refused() as why:
        for change in (rename, in_a_transaction, save):
            with pytest.raises(OperationalError, match=why):
                change("New title")

    assert Page.objects.get(slug="blog").title == "Old title"
    assert "Old title" in shown()


def test_while_a_change_is_committed_pages_are_made_and_not_kept(
    visitor, shown, stored
):
    with generations().fence():
        made = visitor.made
        assert visitor.get(PATH).status == 200
        assert visitor.get(PATH).status == 200
        assert visitor.made == made + 2


def test_a_page_that_was_made_before_a_change_is_not_kept_after_it(visitor, index):
    visitor.meanwhile = lambda: rename("New title")
    assert "Old title" in visitor.get(PATH).text
    visitor.meanwhile = lambda: None

    assert "New title" in visitor.get(PATH).text


def test_who_is_killed_after_a_commit_leaves_no_old_page(shown, visitor, protocol):
    assert in_a_child(_rename_and_die) == -signal.SIGKILL

    assert "New title" in visitor.get(PATH).text
    protocol.forget_the_killed()
    assert "New title" in shown()


def _rename_and_die():
    commit = BaseDatabaseWrapper._commit

    def commit_and_die(self):
        commit(self)
        os.kill(os.getpid(), signal.SIGKILL)

    BaseDatabaseWrapper._commit = commit_and_die
    rename("New title")


def test_a_command_that_changes_nothing_starts_no_generation(shown):
    before = generations().current()

    call_command("publish_scheduled")
    call_command("update_index", verbosity=0)

    assert generations().current() == before
