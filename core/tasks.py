"""Queues tasks within the caller's transaction, and retries them."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task, TaskResult
from django_tasks.signals import task_finished
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from core.models.replaced_files import delete_left_behind
from core.outbox.delivery import deliver
from core.retries import PAUSES, next_attempt
from delivery.purging import queue_purge

logger = logging.getLogger(__name__)

# A worker that has not finished by then was killed. One that is only slow does no harm:
# every task may run twice.
ABANDONED_AFTER = timedelta(minutes=15)
# As often as the same is asked for, one that fails is tried once in this time.
_SOON = timedelta(minutes=1)
# A mail server that hangs must not keep other tasks, such as the withdrawal of a
# picture, from a worker.
_AFTER_ALL_OTHERS = -50


class Abandoned(Exception):
    """The worker was killed while running the task."""


def enqueue(task: "Task[Any, Any]", *args: Any) -> None:
    """Queue ``task`` in this transaction, or run it after the commit.

    A queue in the database is part of the transaction: neither is there without the
    other. A task that runs at once must not hold the transaction open while a mail
    server takes its time, nor act on what is rolled back.
    """
    if waits_in_queue(task):
        task.enqueue(*args)
    else:
        transaction.on_commit(lambda: task.enqueue(*args), robust=True)


def waits_in_queue(task: "Task[Any, Any]") -> bool:
    """Return whether ``task`` waits for a worker, and is not run at once."""
    return isinstance(task.get_backend(), DatabaseBackend)


def enqueue_once(task: "Task[Any, Any]", *args: Any) -> None:
    """Queue ``task`` in this transaction, unless the same already waits for a worker.

    One that has failed may wait for hours, and what it failed of may be mended by now:
    it is tried again soon. Nothing is done where tasks run at once.
    """
    if not waits_in_queue(task):
        return
    same = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY,
        task_path=task.module_path,
        args_kwargs={"args": list(args), "kwargs": {}},
    )
    soon = (task.run_after or timezone.now()) + _SOON
    if (same.ready() | same.filter(run_after__lte=soon)).exists():
        return
    if not same.update(run_after=soon):
        task.enqueue(*args)


@task(priority=_AFTER_ALL_OTHERS)
def send_mail(uuid: str) -> None:
    """Send the queued `OutgoingMail` with this primary key."""
    again_at = deliver(uuid)
    if again_at and send_mail.get_backend().supports_defer:
        send_mail.using(run_after=again_at).enqueue(uuid)


@task()
def delete_replaced_files() -> None:
    """Delete the files that were left behind when others were moved or replaced."""
    delete_left_behind()
    # A CDN may have asked for one again after the change, while it was still there.
    queue_purge()


@receiver(task_finished)
def retry(sender: Any, task_result: "TaskResult[Any]", **kwargs: Any) -> None:
    """Requeue a failed task, to run after a pause."""
    if task_result.status != TaskResultStatus.FAILED or not issubclass(
        sender, DatabaseBackend
    ):
        return
    if again_at := next_attempt(task_result.attempts):
        DBTaskResult.objects.filter(pk=task_result.id).update(
            status=TaskResultStatus.READY, run_after=again_at
        )


def put_back_abandoned() -> None:
    """Requeue the tasks of killed workers.

    One that was abandoned as often as others are tried is given up: it may be what
    kills the worker.
    """
    abandoned = DBTaskResult.objects.running().filter(
        started_at__lt=timezone.now() - ABANDONED_AFTER
    )
    for result in abandoned:
        given_up = len(result.worker_ids) > len(PAUSES)
        status = TaskResultStatus.FAILED if given_up else TaskResultStatus.READY
        # Unless it has finished meanwhile.
        abandoned.filter(pk=result.pk).update(
            status=status,
            run_after=timezone.now(),
            exception_class_path=f"{__name__}.{Abandoned.__name__}",
        )
        logger.warning("Task %s was abandoned and is %s.", result.task_name, status)
