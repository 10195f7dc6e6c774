"""Which states a form has, and which one an application is in."""

from collections.abc import Iterable, Mapping
from typing import Any

from applications.models.applications import Application
from applications.models.pages import ApplicationFormPage
from applications.models.states import ApplicationState

_Status = Application.Status
# Every form has these, since things arrive and applicants withdraw them.
NEEDED = (_Status.RECEIVED, _Status.WITHDRAWN)
Rows = Mapping[int, list[ApplicationState]]


def states_of(form: ApplicationFormPage) -> list[ApplicationState]:
    """Return a form's states in order, the usual ones if it has none of its own."""
    return all_states(form, list(form.states.all()))


def all_states(
    form: ApplicationFormPage, rows: list[ApplicationState]
) -> list[ApplicationState]:
    """Return ``rows``, with those that every form needs; for none, the usual states."""
    if not rows:
        return [usual(form, status) for status in _Status]
    known = {row.status for row in rows}
    missing = [usual(form, status) for status in NEEDED if status not in known]
    return [*missing, *rows]


def usual(form: ApplicationFormPage, status: str) -> ApplicationState:
    """Return the unsaved state of this kind that a form has without one of its own."""
    name = str(_Status(status).label)
    return ApplicationState(form=form, status=status, name=name)


def rows_by_form(forms: Iterable[Any]) -> dict[int, list[ApplicationState]]:
    """Return the states of several forms in one query."""
    found: dict[int, list[ApplicationState]] = {}
    for row in ApplicationState.objects.filter(form__in=forms):
        found.setdefault(row.form_id, []).append(row)
    return found


def state_of(application: Application, rows: Rows | None = None) -> ApplicationState:
    """Return the state that an application is in.

    Its own, unless a process that knows no states has changed the status since.

    Args:
        application: With its definition and page.
        rows: `rows_by_form`, for one of many applications.
    """
    form = application.definition.page
    known = list(form.states.all()) if rows is None else rows.get(form.pk, [])
    return resolved(form, known, application.status, application.state_id)


def resolved(
    form: ApplicationFormPage,
    rows: list[ApplicationState],
    status: str,
    state_pk: int | None,
) -> ApplicationState:
    """Return the state that a status and a row's number, or None, stand for."""
    of_kind = [row for row in rows if row.status == status]
    for row in of_kind:
        if row.pk == state_pk:
            return row
    return of_kind[0] if of_kind else usual(form, status)


def with_key(states: Iterable[ApplicationState], key: str) -> ApplicationState | None:
    """Return the state that a button named, None when there is none."""
    return next((state for state in states if state.key == key), None)
