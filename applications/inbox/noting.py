"""Writes and corrects notes; the log says that it happened, and no word of them."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from applications.inbox.refusals import Gone, Outdated
from applications.models.applications import Application
from applications.models.notes import ApplicationNote
from core.encryption import EncryptionError


@transaction.atomic
def add(
    application: Application, text: str, *, by: Any, key: UUID | None = None
) -> ApplicationNote:
    """Write a note, which overwrites nothing whatever colleagues do meanwhile.

    With ``key`` as its primary key it is written once.

    Raises:
        Gone: The application was deleted.
    """
    current = Application.objects.select_for_update().filter(pk=application.pk).first()
    if current is None:
        raise Gone
    # Two presses of one button are one.
    stored = current.notes.filter(pk=key, author=by).first() if key else None
    if stored:
        return stored
    note = ApplicationNote.objects.create(
        pk=key or uuid4(), application=current, author=by, text=text
    )
    log(instance=current, action="applications.note", user=by)
    return note


@transaction.atomic
def correct(note: ApplicationNote, text: str, *, by: Any, seen_version: int) -> None:
    """Put other words in the place of a note's.

    Raises:
        Gone: It went with its application.
        Outdated: It was corrected since it was seen, such as in another tab.
    """
    current = ApplicationNote.objects.select_for_update().filter(pk=note.pk).first()
    if current is None:
        raise Gone
    if current.version != seen_version:
        raise Outdated
    current.text, current.corrected_at = text, timezone.now()
    current.version += 1
    current.save(update_fields=["text", "corrected_at", "version"])
    log(instance=current.application, action="applications.note_corrected", user=by)


def shown_notes(application: Application, user: Any) -> list[dict[str, Any]]:
    """Return ``{"note", "author", "text" or "problem", "is_own"}``, oldest first."""
    shown = []
    for note in application.notes.select_related("author"):
        each: dict[str, Any] = {
            "note": note,
            "author": get_user_display_name(note.author) if note.author else "",
            "is_own": note.author_id == user.pk,
        }
        try:
            each["text"] = note.text
        except EncryptionError as error:
            each["problem"] = error.sentence
        shown.append(each)
    return shown
