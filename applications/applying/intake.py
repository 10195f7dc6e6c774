"""Stores an application exactly once, in one transaction."""

import json
import uuid
from typing import Any

from django.db import IntegrityError, transaction

from applications.definitions import asked
from applications.models.applications import Answer, Application
from applications.models.definitions import FormDefinition
from applications.tasks import notify
from core import encryption
from core.tasks import enqueue

# So often a new reference number is taken when the first is in use: one in a million.
_TRIES = 3


class ChangedError(Exception):
    """An application with other answers is already stored under this key."""

    def __init__(self, application: Application) -> None:
        self.application = application
        super().__init__("The same form was sent before with other answers.")


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
    definition: FormDefinition, key: uuid.UUID, answers: dict[str, Any]
) -> Application:
    """Store ``answers`` and return the application once it is committed.

    The same key with the same answers is the same application, however often and
    however many at a time.

    Args:
        definition: The form that was filled in.
        key: Made with the empty form.
        answers: By the question's id, of every question of ``definition``.

    Raises:
        ChangedError: The key was used before with other answers.
        core.encryption.EncryptionError: There is no key to encrypt with.
        django.db.DatabaseError: Nothing was stored.
    """
    for attempt in range(_TRIES):
        if application := earlier(key, answers):
            return application
        try:
            return _create(definition, key, answers)
        except IntegrityError:
            # Another request stored it meanwhile, or the reference number is taken.
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _create(
    definition: FormDefinition, key: uuid.UUID, answers: dict[str, Any]
) -> Application:
    with transaction.atomic(durable=True):
        application = Application.objects.create(
            definition=definition,
            submission_key=key,
            payload_digest=encryption.digest(_payload(key, answers)),
        )
        Answer.objects.bulk_create(
            Answer.to(application, question["id"], position, answers[question["id"]])
            for position, question in enumerate(asked(definition.content), start=1)
        )
        enqueue(notify, str(application.pk))
    return application


def _payload(key: uuid.UUID, answers: dict[str, Any]) -> str:
    # With the key, so that equal answers of two applicants have no equal digest.
    return json.dumps([key.hex, answers], sort_keys=True)
