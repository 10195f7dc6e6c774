"""Tasks that fail are tried again; those of a worker that was killed, too."""

import signal
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import tasks
from core.management.commands import db_worker
from core.media.tasks import put_files_in_place
from core.models import OutgoingMail
from core.retries import PAUSES
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = pytest.mark.usefixtures("queue")

FAILED, READY, RUNNING, SUCCESSFUL = (
    TaskResultStatus[name] for name in ("FAILED", "READY", "RUNNING", "SUCCESSFUL")
)


@pytest.fixture
def broken(monkeypatch):
    """The store of files cannot be written; ``broken.undo()`` mends it."""
    from core.media import tasks as theirs

    def fail():
        raise OSError("read-only")

    with monkeypatch.context() as patch:
        patch.setattr(theirs, "out_of_place", fail)
        yield patch


def later(result, pause):
    DBTaskResult.objects.filter(pk=result.pk).update(run_after=result.run_after - pause)


@pytest.mark.django_db
class TestFailedTask:
    def test_is_tried_again_after_pauses_and_then_given_up(self, broken):
        put_files_in_place.enqueue()
        for attempt, pause in enumerate(PAUSES, start=1):
            run_queued()
            result = DBTaskResult.objects.get()
            assert result.status == READY
            assert len(result.worker_ids) == attempt
            wait = result.run_after - timezone.now()
            assert pause - timedelta(minutes=1) < wait <= pause
            later(result, pause)

        run_queued()

        result = DBTaskResult.objects.get()
        assert result.status == FAILED
        assert result.exception_class_path == "builtins.OSError"

    def test_succeeds_when_what_was_broken_is_mended(self, broken):
        put_files_in_place.enqueue()
        run_queued()
        broken.undo()
        later(DBTaskResult.objects.get(), PAUSES[0])

        run_queued()

        assert DBTaskResult.objects.get().status == SUCCESSFUL


@pytest.mark.django_db
class TestTaskThatIsAskedForAgain:
    def wait_for(self, **time):
        put_files_in_place.using(run_after=timezone.now() + timedelta(**time)).enqueue()

    def test_waits_once(self):
        for _time in range(3):
            tasks.enqueue_once(put_files_in_place)

        assert DBTaskResult.objects.ready().count() == 1

    def test_is_tried_again_soon_where_it_has_failed(self, at):
        self.wait_for(hours=18)

        for _time in range(3):
            tasks.enqueue_once(put_files_in_place)

        assert DBTaskResult.objects.count() == 1
        assert not DBTaskResult.objects.ready().exists()
        at(timezone.now() + timedelta(minutes=1))
        assert DBTaskResult.objects.ready().exists()

    def test_is_not_put_off(self):
        self.wait_for(seconds=5)
        due = DBTaskResult.objects.get().run_after

        soon = timezone.now() + timedelta(seconds=10)
        tasks.enqueue_once(put_files_in_place.using(run_after=soon))

        assert DBTaskResult.objects.get().run_after == due


@pytest.mark.django_db
class TestKilledWorker:
    @pytest.fixture
    def claimed(self):
        put_files_in_place.enqueue()
        result = DBTaskResult.objects.get()
        result.claim("killed")
        return result

    def age(self, result, **time):
        result.started_at -= timedelta(**time)
        result.save()

    def test_leaves_its_task_to_another_one(self, claimed):
        self.age(claimed, minutes=16)

        tasks.put_back_abandoned()
        run_queued()

        assert DBTaskResult.objects.get().status == SUCCESSFUL

    def test_is_not_mistaken_for_one_that_works(self, claimed):
        self.age(claimed, minutes=14)

        tasks.put_back_abandoned()

        assert DBTaskResult.objects.get().status == RUNNING

    def test_that_a_task_kills_again_and_again_is_spared_it(self, claimed):
        claimed.worker_ids = ["killed"] * (len(PAUSES) + 1)
        self.age(claimed, minutes=16)

        tasks.put_back_abandoned()

        result = DBTaskResult.objects.get()
        assert result.status == FAILED
        assert result.exception_class_path == "core.tasks.Abandoned"


@pytest.mark.django_db(transaction=True)
class TestWorker:
    @pytest.fixture(autouse=True)
    def signals(self):
        """What the worker does at the end of a process ends with the test."""
        before = [
            (each, signal.getsignal(each))
            for each in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
        ]
        self.threads = threading.active_count()
        yield
        for each, handler in before:
            signal.signal(each, handler or signal.SIG_DFL)

    def work(self):
        call_command("db_worker", batch=True, startup_delay=False, verbosity=0)

    def test_sends_what_waits_and_ends(self):
        send_mail("Welcome", "Hello", None, ["a.reader@example.org"])

        self.work()

        assert len(mail.outbox) == 1
        assert not OutgoingMail.objects.exists()

    def test_outlives_the_database(self, monkeypatch):
        send_mail("Welcome", "Hello", None, ["a.reader@example.org"])
        pauses = []
        locked = DBTaskResult.objects.all().__class__.get_locked

        def gone(queryset):
            if len(pauses) < 2:
                raise OperationalError("server closed the connection")
            return locked(queryset)

        monkeypatch.setattr(type(DBTaskResult.objects.all()), "get_locked", gone)
        monkeypatch.setattr(db_worker.time, "sleep", pauses.append)

        self.work()

        assert pauses == [5, 5]
        assert len(mail.outbox) == 1

    def test_looks_after_the_queue_meanwhile(self):
        put_files_in_place.enqueue()
        result = DBTaskResult.objects.get()
        result.claim("killed")
        result.started_at -= timedelta(hours=1)
        result.save()
        OutgoingMail.objects.create(
            message="", created_at=timezone.now() - timedelta(days=31)
        )
        ended = threading.Event()
        ended.set()

        db_worker._look_after_the_queue(ended)

        assert DBTaskResult.objects.get().status == READY
        assert not OutgoingMail.objects.exists()

    def test_is_the_one_that_looks_after_the_queue(self, monkeypatch):
        seen = []
        monkeypatch.setattr(
            db_worker, "put_back_abandoned", lambda: seen.append("put back")
        )

        self.work()

        assert seen == ["put back"]
        assert threading.active_count() == self.threads
