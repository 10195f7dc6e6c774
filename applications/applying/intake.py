"""Stores an application exactly once, in one transaction."""

import json
import uuid
from typing import Any

from django.db import IntegrityError, transaction

from applications.applying.entered.recording import about, record
from applications.contacts import contact_hash, email_in
from applications.definitions import asked
from applications.figures import counting
from applications.models.applications import Answer, Application
from applications.models.counts import FormCount
from applications.models.definitions import FormDefinition
from applications.models.drafts import Draft
from applications.tasks import acknowledge, notify
from applications.uploads.answers import hand_over
from core import encryption
from core.tasks import enqueue

# So often a new reference number is taken when the first is in use: one in a million.
_TRIES = 3


class ChangedError(Exception):
    """An application with other answers is already stored under this key."""

    def __init__(self, application: Application) -> None:
        self.application = application
        super().__init__("The same form was sent before with other answers.")


class DraftChangedError(Exception):
    """The draft was changed or cleared since its answers were read."""


def earlier(key: uuid.UUID, answers: dict[str, Any]) -> Application | None:
    """Return the application stored under ``key``, None when there is none.

    Raises:
        ChangedError: Its answers are other than ``answers``.
    """
    application = Application.objects.filter(submission_key=key).first()
    if application and not encryption.digest_matches(
        application.payload_digest, _payload(key, answers)
    ):
        raise ChangedError(application)
    return application


def store(
    definition: FormDefinition,
    key: uuid.UUID,
    answers: dict[str, Any],
    draft: Draft | None = None,
    suspicion: str = "",
) -> Application:
    """Store ``answers`` and return the application once it is committed.

    The same key with the same answers is the same application, however often and
    however many at a time.

    Args:
        definition: The form that was filled in.
        key: Made with the empty form.
        answers: By the question's id, of every question of ``definition``; None of one
            that was not asked.
        draft: As ``answers`` were read from it; deleted with the same commit.
        suspicion: Why it looks like a program's (`Application.Suspicion`), "" if not.

    Raises:
        ChangedError: The key was used before with other answers.
        DraftChangedError: The draft is no longer as it was given; nothing was stored.
        core.encryption.EncryptionError: There is no key to encrypt with.
        django.db.DatabaseError: Nothing was stored.
    """
    for attempt in range(_TRIES):
        if application := earlier(key, answers):
            return application
        try:
            return _create(definition, key, answers, draft, suspicion)
        except DraftChangedError:
            # Sent by another request, as after a double click, or really changed.
            if application := earlier(key, answers):
                return application
            raise
        except IntegrityError:
            # Another request stored it meanwhile, or the reference number is taken.
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _create(
    definition: FormDefinition,
    key: uuid.UUID,
    answers: dict[str, Any],
    draft: Draft | None,
    suspicion: str,
) -> Application:
    email = email_in(definition.content, answers)
    entered = about(draft) if draft is not None and draft.is_entered else {}
    with transaction.atomic(durable=True):
        if draft is not None:
            locked = Draft.objects.select_for_update().only("pk")
            if not locked.filter(pk=draft.pk, version=draft.version).first():
                raise DraftChangedError
        application = Application.objects.create(
            definition=definition,
            submission_key=key,
            payload_digest=encryption.digest(_payload(key, answers)),
            contact_hash=contact_hash(email),
            suspicion=suspicion,
            **entered,
        )
        if entered:
            record(application)
        Answer.objects.bulk_create(
            Answer.to(application, question["id"], position, answers[question["id"]])
            for position, question in enumerate(asked(definition.content), start=1)
        )
        if draft is not None:
            was_asked = [name for name, given in answers.items() if given is not None]
            hand_over(draft, application, was_asked)
            draft.delete()
        enqueue(notify, str(application.pk))
        # A program must not have us write to whomever it likes.
        if email and not suspicion and application.tells_applicant:
            enqueue(acknowledge, str(application.pk))
    if not suspicion and not entered:
        counting.count(definition.page_id, (FormCount.Kind.SENT, ""))
    return application


def _payload(key: uuid.UUID, answers: dict[str, Any]) -> str:
    # With the key, so that equal answers of two applicants have no equal digest.
    return json.dumps([key.hex, answers], sort_keys=True)
