"""Files that are posted with a step, and those that a draft has already.

What is kept is what the table of uploads says: an answer that was stored names only
what was there at the time.
"""

import logging
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext

from applications import limits
from applications.definitions import FILE, asked
from applications.models.applications import Application
from applications.models.drafts import Draft
from applications.models.uploads import Upload
from applications.uploads.checking import MOST_FILES, too_large
from applications.uploads.field import later_name
from applications.uploads.names import shown_name
from applications.uploads.receiving import TooLarge
from applications.uploads.stored import StoreDown
from applications.uploads.storing import Holder, Limits, keep, too_many

logger = logging.getLogger(__name__)


def with_files(
    content: dict[str, Any], draft: Draft, typed: dict[str, Any]
) -> dict[str, Any]:
    """Return what was typed with the files that the draft has now.

    Raises:
        core.encryption.EncryptionError: A name cannot be read.
    """
    questions = [q["id"] for q in asked(content) if q["kind"] == FILE]
    if not questions:
        return typed
    kept = kept_files(draft)
    known = {
        question: {**(typed.get(question) or {}), "files": kept.get(question, [])}
        for question in questions
    }
    return typed | known


def receive(
    holder: Holder, question: dict[str, Any], name: str, request: HttpRequest
) -> dict[str, Any]:
    """Keep the files that were posted for ``question``; return what is typed now.

    Args:
        holder: To which they belong.
        question: As it was frozen.
        name: Of its field.
        request: With what was posted.

    Raises:
        applications.uploads.storing.DraftGone: The draft is no longer there.
        core.encryption.EncryptionError: There is no key to encrypt with.
        django.db.DatabaseError: The database is gone.
    """
    allowed = Limits(question["most_files"], question["most_megabytes"])
    posted = request.FILES.getlist(name)
    refused = []
    for file in posted[:MOST_FILES]:
        try:
            if isinstance(file, TooLarge):
                raise too_large(file.size or 0, allowed.megabytes)
            if limit := limits.reached(request, limits.FILES_FROM_ADDRESS):
                raise ValidationError(str(limit.advice))
            keep(holder, question["id"], file.name or "", file.read(), allowed)
        except ValidationError as error:
            refused.append(_sentence(file, error))
        except StoreDown:
            # Of the name and the content nothing is known to whoever reads this.
            logger.exception("An applicant's file could not be stored.")
            refused.append(_sentence(file, _store_down()))
    refused += [
        _sentence(file, too_many(allowed.files)) for file in posted[MOST_FILES:]
    ]
    return {
        "files": kept_files(holder).get(question["id"], []),
        "later": later_name(name) in request.POST,
        "refused": refused[:MOST_FILES],
    }


def not_kept(before: dict[str, Any], name: str, request: HttpRequest) -> dict[str, Any]:
    """Return what is typed while none of the posted files is kept, which is said.

    Args:
        before: What was typed until now.
        name: Of the question's field.
        request: With what was posted.
    """
    again = ValidationError(gettext("It was not kept. Choose it again."))
    return {
        **before,
        "later": later_name(name) in request.POST,
        "refused": [
            _sentence(file, again) for file in request.FILES.getlist(name)[:MOST_FILES]
        ],
    }


def remove(draft: Draft, pk: str) -> None:
    """Delete one file of a draft, if it has it."""
    try:
        found = draft.uploads.filter(pk=uuid.UUID(pk))
    except ValueError:
        return
    with transaction.atomic():
        # Locked first, as in sending it.
        Draft.objects.filter(pk=draft.pk).update(version=F("version") + 1)
        found.delete()


def hand_over(draft: Draft, application: Application, asked_ids: list[str]) -> None:
    """Let the application have the draft's files, within the transaction of sending.

    Those of questions that were not asked any more go with the draft.
    """
    moved = Upload.objects.filter(draft=draft, question__in=asked_ids)
    moved.update(draft=None, application=application)


def kept_files(holder: Holder) -> dict[str, list[dict[str, Any]]]:
    """Return the holder's files by question, as JSON can hold them.

    Raises:
        core.encryption.EncryptionError: A name cannot be read.
    """
    file: dict[str, Any]
    kept: dict[str, list[dict[str, Any]]] = {}
    for upload in holder.uploads.all():
        file = {"id": str(upload.pk), "name": upload.name, "size": upload.size}
        if not upload.can_be_read:
            file["has_virus"] = True
        kept.setdefault(upload.question, []).append(file)
    return kept


def _sentence(file: Any, error: ValidationError) -> str:
    return gettext("“{name}”: {reason}").format(
        name=shown_name(file.name or ""), reason=" ".join(error.messages)
    )


def _store_down() -> ValidationError:
    return ValidationError(
        gettext("We cannot keep it at the moment. Wait a minute and choose it again.")
    )
