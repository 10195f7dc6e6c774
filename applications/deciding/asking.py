"""Asks applicants for more, and takes what they answer."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from applications.inbox.moving import MOVED, locked, move
from applications.inbox.states import states_of
from applications.models.applications import Application
from applications.models.further_questions import FurtherQuestion
from applications.models.uploads import Upload
from applications.tasks import notify_of_change, tell_of_question_later
from core.tasks import enqueue

_Status = Application.Status


@transaction.atomic
def ask(
    application: Application,
    text: str,
    *,
    takes_files: bool,
    by: Any,
    seen_version: int,
    key: UUID | None = None,
) -> FurtherQuestion:
    """Ask an applicant for more; they are told that there is news.

    The application comes into its form's first state of the kind "more asked". A form
    without one keeps its state. A move before it can no longer be taken back. With
    ``key`` as its primary key, a question is asked once.

    Raises:
        applications.inbox.refusals.Refused: As `move`; nothing was asked.
        core.encryption.EncryptionError: There is no key to encrypt with.
    """
    current = locked(application, seen_version)
    question = FurtherQuestion.objects.create(
        pk=key or uuid4(),
        application=current,
        text=text,
        takes_files=takes_files,
        asked_by=by,
    )
    log(instance=current, action="applications.ask", user=by)
    kinds = {state.status: state for state in reversed(states_of(_form(current)))}
    state = kinds.get(_Status.ASKED)
    if state is None or current.status == _Status.ASKED:
        current.version += 1
    else:
        # The question is the news, and not that it is in another state.
        current = move(
            current, state, by=by, seen_version=current.version, is_news=False
        )
    _forget_what_was_before(current)
    _save(current)
    tell_of_question_later(question)
    return question


@transaction.atomic
def take_back(question: FurtherQuestion, *, by: Any) -> bool:
    """Take a question back; return whether it was still open.

    After the last one that was open, the application is being read again.
    """
    current = _locked(question)
    if current is None or not current.is_open:
        return False
    current.taken_back_at = timezone.now()
    current.save(update_fields=["taken_back_at"])
    drop_files([current])
    application = current.application
    _read_on(application)
    log(instance=application, action="applications.ask_back", user=by)
    return True


@transaction.atomic
def answer(question: FurtherQuestion, text: str) -> bool:
    """Store an applicant's answer; return whether the question was still open.

    After the last one that was open, the application is being read again.
    """
    current = _locked(question)
    if current is None or not current.is_open:
        return False
    application = current.application
    if application.status == _Status.WITHDRAWN:
        return False
    current.answer, current.answered_at = text, timezone.now()
    current.save(update_fields=["answer", "answered_at"])
    _read_on(application)
    log(instance=application, action="applications.answer")
    enqueue(notify_of_change, str(application.pk))
    return True


def open_questions(application: Application) -> list[FurtherQuestion]:
    """Return the questions that wait for their applicant."""
    asked = FurtherQuestion.objects.filter(application=application)
    return list(asked.filter(answered_at=None, taken_back_at=None))


def hold_open(question: FurtherQuestion) -> bool:
    """Keep a question open until the transaction ends; return whether it is open."""
    current = _locked(question)
    return (
        current is not None
        and current.is_open
        and current.application.status != _Status.WITHDRAWN
    )


def drop_files(questions: Iterable[FurtherQuestion]) -> None:
    """Delete files that came for answers which were never sent."""
    for question in questions:
        sent = Upload.objects.filter(application=question.application_id)
        sent.filter(question=question.files_of).delete()


def _read_on(application: Application) -> None:
    """Store that a question is closed; after the last one it is being read again."""
    application.version += 1
    if application.status == _Status.ASKED and not open_questions(application):
        application.status, application.state = _Status.READING, None
        application.state_since = timezone.now()
        _forget_what_was_before(application)
    _save(application)


def _forget_what_was_before(application: Application) -> None:
    """Leave no move of staff that could be taken back."""
    application.previous_status, application.previous_state = "", None
    application.previous_since = None


def _locked(question: FurtherQuestion) -> FurtherQuestion | None:
    # The application first, as everybody does who changes it.
    Application.objects.select_for_update().filter(pk=question.application_id).first()
    return (
        FurtherQuestion.objects.select_related("application__definition__page")
        .filter(pk=question.pk)
        .first()
    )


def _form(application: Application) -> Any:
    return application.definition.page


def _save(application: Application) -> None:
    application.save(update_fields=MOVED)
