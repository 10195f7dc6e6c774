"""Work that leaves the request, and never without what it is about."""

from typing import Any

from django.db import transaction
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend


def enqueue(task: "Task[Any, Any]", *args: Any) -> None:
    """Queue ``task`` in this transaction, or run it after the commit.

    A queue in the database is part of the transaction: neither is there without the
    other. A task that runs at once must not hold the transaction open while a mail
    server takes its time, nor act on what is rolled back.
    """
    if isinstance(task.get_backend(), DatabaseBackend):
        task.enqueue(*args)
    else:
        transaction.on_commit(lambda: task.enqueue(*args), robust=True)
