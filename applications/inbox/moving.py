"""Moves an application from state to state, and takes the last move back.

The row is locked first, so that of two who press at once the second is refused.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from applications.inbox.refusals import (
    Gone,
    NoSuchState,
    NothingToUndo,
    Outdated,
    SecondReaderMissing,
    Withdrawn,
)
from applications.inbox.states import state_of
from applications.models.applications import Application
from applications.models.decisions import (
    OUTCOMES,
    READERS,
    Decision,
    Opinion,
    SecondReader,
)
from applications.models.states import ApplicationState
from applications.tasks import tell_of_news_later

# What a move changes.
MOVED = (
    "status",
    "state",
    "state_since",
    "previous_status",
    "previous_state",
    "previous_since",
    "version",
)


def locked(application: Application, seen_version: int) -> Application:
    """Return the application as it is now, locked until the transaction ends.

    Raises:
        Gone: It was deleted.
        Withdrawn: By its applicant.
        Outdated: This is not the version that was seen.
    """
    current = (
        Application.objects.select_for_update(of=("self",))
        .select_related("definition__page")
        .filter(pk=application.pk)
        .first()
    )
    if current is None:
        raise Gone
    if current.status == Application.Status.WITHDRAWN:
        raise Withdrawn
    if current.version != seen_version:
        raise Outdated
    return current


@transaction.atomic
def move(
    application: Application,
    to_state: ApplicationState,
    *,
    by: Any,
    seen_version: int,
    is_anew: bool = False,
    is_news: bool = True,
) -> Application:
    """Put an application into a state of its form; return it as it is now.

    The applicant is told that there is news, after a pause in which it can be undone.

    Args:
        application: Which.
        to_state: One of `applications.inbox.states.states_of` its form.
        by: The user who decides it; whether they may is asked before.
        seen_version: `Application.version` as that user last saw it.
        is_anew: Whether it begins again if it is in this state already.
        is_news: Whether the applicant is told; else the caller sees to that.

    Raises:
        Gone, Withdrawn, Outdated: As `locked`.
        NoSuchState: It is not of this form, any more, or means "withdrawn".
        SecondReaderMissing: It decides, and two people must have read it before.
    """
    current = locked(application, seen_version)
    _check(to_state, current)
    _check_readers(to_state, current)
    before = state_of(current)
    if before.key == to_state.key and not is_anew:
        return current
    current.previous_status = current.status
    current.previous_state = current.state
    current.previous_since = current.state_since
    current.status, current.state_since = to_state.status, timezone.now()
    current.state = to_state if to_state.pk else None
    _save(current, before, to_state, by=by)
    if is_news:
        tell_of_news_later(current)
    return current


@transaction.atomic
def undo(application: Application, *, by: Any, seen_version: int) -> Application:
    """Take the last move back, with the day on which the state began.

    An applicant who was told of that move is told that there is news again.

    Raises:
        Gone, Withdrawn, Outdated: As `locked`.
        NothingToUndo: There is no move before it.
    """
    current = locked(application, seen_version)
    if not current.previous_status:
        raise NothingToUndo
    before, was_told = state_of(current), current.told_of == current.state_since
    _take_decision_back(current)
    current.status, current.state = current.previous_status, current.previous_state
    current.state_since = current.previous_since
    current.previous_status, current.previous_state = "", None
    current.previous_since = None
    _save(current, before, state_of(current), by=by, undone=True)
    if was_told:
        tell_of_news_later(current)
    return current


def _take_decision_back(current: Application) -> None:
    decided = Decision.objects.filter(
        application=current, moved_at=current.state_since, taken_back_at=None
    )
    if current.state_since:
        decided.update(taken_back_at=timezone.now())


def _check(state: ApplicationState, application: Application) -> None:
    form = application.definition.page_id
    if state.form_id != form or state.status == Application.Status.WITHDRAWN:
        raise NoSuchState
    # Locked, so that nobody takes it away before this transaction ends.
    same = ApplicationState.objects.select_for_update().filter(pk=state.pk)
    if state.pk and not same.filter(form=form, status=state.status).exists():
        raise NoSuchState


def _check_readers(state: ApplicationState, application: Application) -> None:
    if state.status not in OUTCOMES:
        return
    form = application.definition.page_id
    opinions = Opinion.objects.filter(application=application)
    if SecondReader.objects.filter(form=form).exists() and opinions.count() < READERS:
        raise SecondReaderMissing


def _save(
    current: Application,
    before: ApplicationState,
    after: ApplicationState,
    *,
    by: Any,
    undone: bool = False,
) -> None:
    current.version += 1
    current.save(update_fields=MOVED)
    data: dict[str, Any] = {"from": _logged(before), "to": _logged(after)}
    log(
        instance=current,
        action="applications.status",
        user=by,
        data=data | ({"undone": True} if undone else {}),
    )


def _logged(state: ApplicationState) -> dict[str, str]:
    return {"status": str(state.status), "name": state.name}
