"""Has a CDN forget what it keeps, once what readers see has changed.

A task waits in the database from the very transaction that changes something, so that
neither is there without the other. It names no page: nobody knows on which ones a
change shows, so everything is forgotten. Core tries it again when it fails.
"""

from typing import Any

from django.conf import settings
from django.core.checks import Error
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.backend import DatabaseBackend
from wagtail.contrib.frontend_cache.utils import get_backends

from delivery.addresses import canonical_hosts
from delivery.calendar import next_change

# What was withdrawn is forgotten before anything else is done.
_BEFORE_ALL_OTHERS = 50
_MOST = 10_000  # rows that one statement names
_WAITING = [TaskResultStatus.READY, TaskResultStatus.FAILED]
_is_migrating = False


@task(priority=_BEFORE_ALL_OTHERS)
def purge_cdn() -> None:
    """Have every CDN forget everything, and do so again when the calendar says.

    Raises:
        Exception: What a CDN answers, or that it does not.
    """
    from django_tasks_db.models import DBTaskResult  # models may not be there yet

    others = DBTaskResult.objects.filter(
        task_path=purge_cdn.module_path, status__in=_WAITING
    )
    # What these are about was committed before, so that this purge is theirs, too.
    known = list(others.values_list("pk", flat=True)[:_MOST])
    # One of them may be for an instant that comes while a CDN is slow to answer.
    asked_at = timezone.now()
    backends = get_backends().values()
    for backend in backends:
        backend.purge_batch([f"{host}/*" for host in canonical_hosts()])
    others.filter(pk__in=known).delete()
    if backends and (at := next_change(asked_at)):
        purge_cdn.using(run_after=at).enqueue()


def is_purged() -> bool:
    """Return whether a change has a CDN purged."""
    return bool(settings.WAGTAILFRONTENDCACHE) and not _is_migrating and _waits()


def queue_purge() -> None:
    """Queue a purge within the transaction, where there is a CDN."""
    if is_purged():
        purge_cdn.enqueue()


def _waits() -> bool:
    return isinstance(purge_cdn.get_backend(), DatabaseBackend)


def hold_while_migrating(**kwargs: Any) -> None:
    """Queue nothing: the table of tasks may be missing, or older than its model."""
    global _is_migrating
    _is_migrating = True


def queue_after_migrating(**kwargs: Any) -> None:
    """Queue one purge for all that was migrated, and for what is deployed with it."""
    global _is_migrating
    _is_migrating = False
    queue_purge()


def purges_wait_for_a_worker(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse a CDN where a purge cannot be part of a transaction."""
    if not settings.WAGTAILFRONTENDCACHE or _waits():
        return []
    return [
        Error(
            "CDN_PURGE names a CDN, and no change would have it purged.",
            hint="Set TASKS_BACKEND to django_tasks_db.DatabaseBackend.",
            id="delivery.E001",
        )
    ]
