"""What applicants do that no restored backup may undo."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from applications.contacts import question_ids
from applications.forgetting import delete_application
from applications.models.applications import Application
from applications.models.withdrawals import ConsentRevocation, DeletedApplication
from core.persons.after_restore import note
from core.persons.person import REFERENCE, name
from core.persons.registry import Act

Undone = Iterator[tuple[str, Any, datetime | None]]


class Deleting(Act):
    """Of an application, by its applicant: number, form and dates stay."""

    code = "applications.deleted"

    def done(self) -> Iterator[tuple[str, datetime]]:
        for deleted in DeletedApplication.objects.all():
            yield name(REFERENCE, deleted.reference), deleted.deleted_at

    def undone(self) -> Undone:
        yield from _undone(Application.objects.all())

    def redo(self, key: Any, at: datetime) -> int:
        record = Application.objects.select_related("definition").filter(pk=key).first()
        if record is None:
            return 0
        DeletedApplication.objects.get_or_create(
            reference=record.reference,
            defaults={
                "form_id": record.definition.page_id,
                "submitted_at": record.submitted_at,
                "deleted_at": at,
            },
        )
        delete_application(record)
        return 1


class EndOfKeeping(Act):
    """Of an application that was due to go: nothing stays.

    One that staff deleted is not noted: a restore may be what brings back a mistake.
    """

    code = "applications.due"

    def done(self) -> Iterator[tuple[str, datetime]]:
        yield from ()  # nothing is left that could tell

    def undone(self) -> Undone:
        yield from _undone(Application.objects.all())

    def redo(self, key: Any, at: datetime) -> int:
        record = Application.objects.filter(pk=key).first()
        if record is None:
            return 0
        delete_application(record)
        return 1


class Withdrawing(Act):
    """Of an application: its answers stay until they are due to go."""

    code = "applications.withdrawn"

    def done(self) -> Iterator[tuple[str, datetime]]:
        for application in Application.objects.exclude(withdrawn_at=None):
            yield _name(application), application.withdrawn_at or timezone.now()

    def undone(self) -> Undone:
        yield from _undone(Application.objects.filter(withdrawn_at=None))

    def redo(self, key: Any, at: datetime) -> int:
        record = Application.objects.filter(pk=key, withdrawn_at=None).first()
        if record is None:
            return 0
        record.status, record.withdrawn_at = Application.Status.WITHDRAWN, at
        record.save(update_fields=["status", "withdrawn_at"])
        return 1


class Revoking(Act):
    """Of one consent."""

    code = "applications.revoked"

    def done(self) -> Iterator[tuple[str, datetime]]:
        for revoked in ConsentRevocation.objects.select_related("application"):
            yield _consent(revoked.application, revoked.question), revoked.revoked_at

    def undone(self) -> Undone:
        revoked = ConsentRevocation.objects.values_list("application", "question")
        known = set(revoked)
        consents = question_ids("consent")
        rows = Application.objects.order_by()
        columns = ("pk", "reference", "definition")
        for pk, reference, definition in rows.values_list(*columns).iterator():
            for question in consents[definition]:
                if (pk, question) not in known:
                    yield _consent_of(reference, question), (pk, question), None

    def redo(self, key: tuple[Any, str], at: datetime) -> int:
        pk, question = key
        if not Application.objects.filter(pk=pk).exists():
            return 0  # deleted again just now
        _revocation, is_new = ConsentRevocation.objects.get_or_create(
            application_id=pk, question=question, defaults={"revoked_at": at}
        )
        return int(is_new)


ACTS = (Deleting, EndOfKeeping, Withdrawing, Revoking)


@receiver(post_save, sender=DeletedApplication)
def note_a_deletion(sender: Any, instance: Any, raw: bool = False, **kw: Any) -> None:
    if not raw:
        note(Deleting.code, name(REFERENCE, instance.reference), instance.deleted_at)


@receiver(post_save, sender=ConsentRevocation)
def note_a_revocation(sender: Any, instance: Any, raw: bool = False, **kw: Any) -> None:
    if not raw:
        consent = _consent(instance.application, instance.question)
        note(Revoking.code, consent, instance.revoked_at)


def note_the_end_of_keeping(application: Application) -> None:
    note(EndOfKeeping.code, _name(application), timezone.now())


def note_a_withdrawal(application: Application) -> None:
    """Note that an application was withdrawn, if it was."""
    if application.withdrawn_at:
        note(Withdrawing.code, _name(application), application.withdrawn_at)


def _name(application: Application) -> str:
    return name(REFERENCE, application.reference)


def _undone(applications: "QuerySet[Application]") -> Undone:
    rows = applications.order_by().values_list("pk", "reference")
    for pk, reference in rows.iterator():
        yield name(REFERENCE, reference), pk, None


def _consent(application: Application, question: str) -> str:
    return _consent_of(application.reference, question)


def _consent_of(reference: str, question: str) -> str:
    return f"{name(REFERENCE, reference)} consent {question}"
