"""E-mails that were not delivered, and tasks that failed, for staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.models.outgoing_mail import OutgoingMail
from core.outbox.reasons import reason
from core.outbox.records import links_to
from core.tasks import enqueue, send_mail
from delivery.purging import purge_cdn

# What waits for longer has no worker to run it.
_OVERDUE = timedelta(minutes=5)


@dataclass(frozen=True)
class Failure:
    """A failed or overdue e-mail or task, without names."""

    key: str  # "mail" or "task", a colon, and the row's own key
    kind: str
    since: datetime
    attempts: int
    error: str
    # The error in words, "" for a task.
    reason: str
    # What it is about: words and URL, for those who may see it.
    link: tuple[str, str] | None
    next_attempt_at: datetime | None


def undelivered_mail() -> QuerySet[OutgoingMail]:
    """Return the e-mails that failed, or have waited too long."""
    return OutgoingMail.objects.exclude(
        attempts=0, created_at__gt=timezone.now() - _OVERDUE
    ).order_by("created_at")


def failed_tasks() -> QuerySet["DBTaskResult[Any, Any]"]:
    """Return the failed tasks, given up or waiting to be retried."""
    failed = Q(status=TaskResultStatus.FAILED)
    tried_again = Q(status=TaskResultStatus.READY) & ~Q(exception_class_path="")
    return (
        DBTaskResult.objects.filter(failed | tried_again)
        .exclude(task_path=send_mail.module_path)
        .order_by("enqueued_at")
    )


def failures(most: int, user: Any) -> Iterator[Failure]:
    """Yield the oldest failures, ``most`` of each kind, with what ``user`` may see."""
    mails = list(undelivered_mail().defer("message")[:most])
    links = links_to(user, [mail.pk for mail in mails])
    for mail in mails:
        yield Failure(
            key=f"mail:{mail.pk}",
            kind=_("E-mail"),
            since=mail.created_at,
            attempts=mail.attempts,
            error=mail.last_error,
            reason=reason(mail.last_error, mail.created_at),
            link=links.get(mail.pk),
            next_attempt_at=mail.next_attempt_at,
        )
    for result in failed_tasks()[:most]:
        given_up = result.status == TaskResultStatus.FAILED
        yield Failure(
            key=f"task:{result.pk}",
            kind=result.task_name.replace("_", " ").capitalize(),
            since=result.enqueued_at,
            attempts=len(result.worker_ids),
            error=result.exception_class_path.rpartition(".")[2],
            reason="",
            link=None,
            next_attempt_at=None if given_up else result.run_after,
        )


def count() -> int:
    return undelivered_mail().count() + failed_tasks().count()


def cdn_keeps_old() -> bool:
    """Return whether a CDN could not be told to forget what has changed."""
    return failed_tasks().filter(task_path=purge_cdn.module_path).exists()


def no_worker_runs() -> bool:
    """Return whether a task is so overdue that no worker can be running."""
    now = timezone.now()
    return (
        DBTaskResult.objects.ready()
        .filter(enqueued_at__lt=now - _OVERDUE)
        .exclude(run_after__range=(now - _OVERDUE, now))
        .exists()
    )


def selected(
    key: str,
) -> tuple[QuerySet[OutgoingMail], QuerySet["DBTaskResult[Any, Any]"]]:
    """Return the failures that ``key`` selects: one, or "all".

    Raises:
        ValidationError: It is about nothing.
    """
    if key == "all":
        return undelivered_mail(), failed_tasks()
    kind, _colon, pk = key.partition(":")
    if kind == "mail":
        return undelivered_mail().filter(pk=pk), failed_tasks().none()
    if kind == "task":
        return undelivered_mail().none(), failed_tasks().filter(pk=pk)
    raise ValidationError(_("Neither an e-mail nor a task."))


def try_again(key: str) -> None:
    """Retry the selected failures now, with a fresh count of attempts.

    An e-mail that is being sent at the moment is left alone.
    """
    mail, tasks = selected(key)
    now = timezone.now()
    mail = mail.exclude(attempts__gt=0, last_error="", next_attempt_at__gt=now)
    with transaction.atomic():
        for pk in mail.values_list("pk", flat=True):
            OutgoingMail.objects.filter(pk=pk).update(attempts=0, next_attempt_at=now)
            enqueue(send_mail, str(pk))
        tasks.update(status=TaskResultStatus.READY, run_after=now, worker_ids=[])


def discard(key: str) -> None:
    """Delete the selected failures for good."""
    rows: Any
    for rows in selected(key):
        rows.delete()
