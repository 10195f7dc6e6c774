"""The three acts of an applicant: withdraw, delete, take back one consent.

Each is done once, however often it is asked for and however many ask at a time, and
staff are notified in the same transaction, without contents.
"""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from applications.deciding.asking import drop_files, open_questions
from applications.models.applications import Answer, Application
from applications.models.withdrawals import ConsentRevocation, DeletedApplication
from applications.tasks import notify_of_change, notify_of_deletion
from core.encryption import EncryptionError
from core.tasks import enqueue


def consents(application: Application) -> list[dict[str, Any]]:
    """Return the consents that were given: ``{"question", "revoked_at"}``.

    One that cannot be read counts as given: it must be possible to take it back.
    """
    answers = {answer.question: answer for answer in application.answers.all()}
    revoked = dict(application.revocations.values_list("question", "revoked_at"))
    return [
        {"question": question, "revoked_at": revoked.get(question["id"])}
        for question in application.definition.content["questions"]
        if question["kind"] == "consent" and _is_given(answers.get(question["id"]))
    ]


def _is_given(answer: Answer | None) -> bool:
    try:
        return answer is not None and bool(answer.given)
    except EncryptionError:
        return True


@transaction.atomic
def withdraw(application: Application) -> None:
    """Withdraw an application; its answers stay until they are due to go."""
    now, current = timezone.now(), Application.objects.filter(pk=application.pk)
    changed = current.exclude(status=Application.Status.WITHDRAWN).update(
        status=Application.Status.WITHDRAWN,
        withdrawn_at=now,
        state=None,
        state_since=now,
        previous_status="",
        previous_state=None,
        version=F("version") + 1,
    )
    if changed:
        drop_files(open_questions(application))
        enqueue(notify_of_change, str(application.pk))


@transaction.atomic
def revoke(application: Application, question: str) -> None:
    """Take back the consent with this id."""
    _, is_new = ConsentRevocation.objects.get_or_create(
        application=application, question=question
    )
    if is_new:
        enqueue(notify_of_change, str(application.pk))


@transaction.atomic
def delete(application: Application) -> None:
    """Delete an application with all that belongs to it; number, form, dates stay."""
    current = (
        Application.objects.select_for_update(of=("self",))
        .select_related("definition__page")
        .filter(pk=application.pk)
        .first()
    )
    if current is None:
        return
    form = current.definition.page
    deleted = DeletedApplication.objects.create(
        form=form, reference=current.reference, submitted_at=current.submitted_at
    )
    site = form.get_site()
    current.delete()
    enqueue(notify_of_deletion, deleted.pk, site.pk)
