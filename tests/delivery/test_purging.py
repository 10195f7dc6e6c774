"""A CDN forgets what has changed, whatever happens on the way."""

import os
import signal
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from core.media.tasks import discard_files
from core.tasks import delete_replaced_files
from delivery import calendar, purging
from delivery.purging import purge_cdn
from home.roles import ADMISSIONS
from tests.helpers.cdn import cdn
from tests.helpers.children import in_a_child
from tests.helpers.factories import ContentPageFactory
from tests.helpers.relay import silent_port
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = pytest.mark.django_db(transaction=True)
ALL = ["localhost:8000/*"]


@pytest.fixture
def about(home):
    return ContentPageFactory(parent=home, slug="about", title="Old title")


@pytest.fixture
def network(queue, settings, about, monkeypatch):  # noqa: F811
    """A CDN, which the site has told nothing yet."""
    monkeypatch.setattr(calendar, "_sources", [])
    settings.ALLOWED_HOSTS = ["localhost", ".testserver"]
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    DBTaskResult.objects.all().delete()
    with cdn() as network:
        configure(settings, network.address)
        yield network


def configure(settings, address):
    backend = {"BACKEND": "delivery.cdn.Http", "LOCATION": address}
    settings.WAGTAILFRONTENDCACHE = {"cdn-1": backend}


def rename(title="New title"):
    Page.objects.filter(slug="about").update(title=title)


def raw_rename():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET title = 'New title'")


def publish():
    page = Page.objects.get(slug="about").specific
    page.title = "New title"
    page.save_revision().publish()


def after_a_savepoint():
    with transaction.atomic():
        with transaction.atomic():
            rename("Never")
            transaction.set_rollback(True)
        rename()


def purges():
    return DBTaskResult.objects.filter(task_path=purge_cdn.module_path)


@pytest.mark.parametrize("change", [rename, raw_rename, publish, after_a_savepoint])
@pytest.mark.parametrize("store", ["", "pages"])
def test_a_change_has_it_forget_everything(network, settings, tmp_path, change, store):
    settings.PAGE_STORE = str(tmp_path / store) if store else ""
    change()
    assert network.purged == []

    run_queued()

    assert network.purged == ALL


def test_a_commit_in_words_purges_what_it_commits(network):
    transaction.set_autocommit(False)
    try:
        rename()
        with connection.cursor() as cursor:
            cursor.execute("END")
    finally:
        transaction.rollback()
        transaction.set_autocommit(True)

    assert purges().exists()


def test_many_changes_have_it_forget_everything_once(network):
    for number in range(5):
        rename(f"Title {number}")

    run_queued()

    assert network.purged == ALL


def test_what_is_rolled_back_purges_nothing(network):
    with transaction.atomic():
        rename()
        transaction.set_rollback(True)

    assert not purges().exists()


def test_what_nobody_sees_purges_nothing(network, about):
    about.title = "A draft"
    about.save_revision()
    call_command("publish_scheduled")

    assert not purges().exists()


def test_nothing_is_queued_where_there_is_no_cdn(network, settings):
    settings.WAGTAILFRONTENDCACHE = {}

    rename()
    call_command("start_generation", stdout=StringIO())
    delete_replaced_files.call()

    assert not purges().exists()


def test_a_purge_that_cannot_be_queued_holds_the_change_up(network, monkeypatch):
    def full(*args, **kwargs):
        raise DatabaseError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(DBTaskResult, "save", full)
        with pytest.raises(DatabaseError, match="disk full"):
            rename()

    assert Page.objects.get(slug="about").title == "Old title"


def test_who_is_killed_after_a_commit_has_it_purged_all_the_same(network):
    assert _killed(after_commit=True) == -signal.SIGKILL

    assert Page.objects.get(slug="about").title == "New title"
    run_queued()
    assert network.purged == ALL


def test_who_is_killed_before_a_commit_has_nothing_purged(network):
    assert _killed(after_commit=False) == -signal.SIGKILL

    assert Page.objects.get(slug="about").title == "Old title"
    assert not purges().exists()


def _killed(*, after_commit):
    """Return the exit code of a process that is killed in a commit."""
    commit = BaseDatabaseWrapper._commit

    def commit_and_die(self):
        if after_commit:
            commit(self)
        os.kill(os.getpid(), signal.SIGKILL)

    def work():
        BaseDatabaseWrapper._commit = commit_and_die
        rename()

    return in_a_child(work)


class TestACdnThatFails:
    def test_is_told_again_after_a_pause(self, network, at):
        network.status = 500
        rename()
        run_queued()
        assert network.purged == ALL
        network.status = 200

        run_queued()
        assert network.purged == ALL
        at(timezone.now() + timedelta(minutes=2))
        run_queued()

        assert network.purged == ALL * 2
        assert purges().get().status == TaskResultStatus.SUCCESSFUL

    def test_is_shown_to_staff(self, network, log_in):
        network.status = 500
        rename()
        run_queued()
        staff = log_in(ADMISSIONS)

        assert "The CDN was not told" in staff.get(reverse("deliveries")).text
        assert reverse("deliveries") in staff.get(reverse("wagtailadmin_home")).text

        network.status = 200
        staff.post(reverse("deliveries"), {"action": "again", "key": "all"})
        run_queued()
        assert "The CDN was not told" not in staff.get(reverse("deliveries")).text

    def test_is_forgiven_once_a_later_purge_has_reached_it(self, network):
        network.status = 500
        rename()
        run_queued()
        purges().update(status=TaskResultStatus.FAILED)
        network.status = 200

        rename("Newer title")
        run_queued()

        assert [each.status for each in purges()] == [TaskResultStatus.SUCCESSFUL]

    def test_and_says_nothing_is_given_up(self, network, settings, monkeypatch):
        monkeypatch.setattr("delivery.cdn.PATIENCE", 0.05)
        with silent_port() as silent:
            configure(settings, f"http://127.0.0.1:{silent.port}")
            rename()
            run_queued()

        assert purges().get().exception_class_path


def test_a_change_during_a_purge_has_one_of_its_own(network):
    rename()
    # The worker waits for the answer; the row comes from another process meanwhile.
    network.meanwhile = lambda: in_a_child(lambda: rename("Newer title"))
    [waiting] = purges()
    waiting.claim("a worker")

    purge_cdn.call()

    assert purges().filter(status=TaskResultStatus.READY).count() == 1


def test_what_changes_by_the_clock_is_forgotten_then(network, monkeypatch, at):
    now = timezone.now()
    instants = [now + timedelta(days=1), now + timedelta(days=9)]
    monkeypatch.setattr(
        calendar,
        "_sources",
        [lambda after: min((i for i in instants if i > after), default=None)],
    )
    rename()
    run_queued()
    waiting = purges().get(status=TaskResultStatus.READY)
    assert waiting.run_after == instants[0]
    # Another change asks for no second one.
    rename("Newer title")
    run_queued()
    assert purges().filter(status=TaskResultStatus.READY).count() == 1

    at(instants[0] + timedelta(seconds=1))
    run_queued()

    assert network.purged == ALL * 3
    assert purges().get(status=TaskResultStatus.READY).run_after == instants[1]


def test_an_instant_that_comes_while_a_cdn_is_slow_has_a_purge_of_its_own(
    network, monkeypatch, at
):
    ends_at = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(
        calendar, "_sources", [lambda after: ends_at if after < ends_at else None]
    )
    rename()
    run_queued()
    # Its answer comes after the instant; what was forgotten before may be back.
    network.meanwhile = lambda: at(ends_at + timedelta(seconds=1))
    rename("Newer title")

    run_queued()
    network.meanwhile = lambda: None
    run_queued()

    assert network.purged == ALL * 3


def test_files_that_were_deleted_are_forgotten_once_they_are_gone(network):
    for delete in (
        delete_replaced_files.enqueue,
        lambda: discard_files.enqueue("siteimage", 1),
    ):
        delete()
        run_queued()

    assert network.purged == ALL * 2


def test_the_purge_comes_before_other_tasks(network):
    delete_replaced_files.enqueue()
    rename()

    assert DBTaskResult.objects.ready().first().task_path == purge_cdn.module_path


def test_what_the_site_did_not_do_is_forgotten_by_command(network):
    call_command("start_generation", stdout=StringIO())
    run_queued()

    assert network.purged == ALL


def test_migrating_queues_one_purge_when_the_table_is_there(network):
    purging.hold_while_migrating()
    rename()
    assert not purges().exists()

    call_command("migrate", verbosity=0)

    assert purges().count() == 1
