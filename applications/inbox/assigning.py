"""Who works on an application, and until when."""

from datetime import date
from typing import Any

from django.db import transaction
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from applications.inbox.moving import locked
from applications.models.applications import Application
from applications.models.pages import ApplicationFormPage
from applications.models.rights import Right, holders, who_may_open

_BY_NAME = ("last_name", "first_name", "username")


def readers_of(form: ApplicationFormPage) -> list[Any]:
    """Return the users who may read a form's applications, by name."""
    return list(holders(form.pk, Right.READ).order_by(*_BY_NAME))


def who_may_have_some() -> Any:
    """Return the users who may open applications at all, by name."""
    return who_may_open().order_by(*_BY_NAME)


@transaction.atomic
def give(
    application: Application, to: Any, *, by: Any, seen_version: int
) -> Application:
    """Give an application to a user, or to nobody; return it as it is now.

    Args:
        application: Which.
        to: Who reads the form's applications, as was asked before; None: nobody.
        by: Who does it.
        seen_version: `Application.version` as that user last saw it.

    Raises:
        Gone, Withdrawn, Outdated: As `moving.locked`.
    """
    current = locked(application, seen_version)
    if current.assignee_id == (to.pk if to else None):
        return current
    current.assignee = to
    name = get_user_display_name(to) if to else ""
    _save(current, "assignee", "applications.assign", by, {"to": name})
    return current


@transaction.atomic
def set_due(
    application: Application, day: date | None, *, by: Any, seen_version: int
) -> Application:
    """Set the day by which it is to be done, None for none; as `give`."""
    current = locked(application, seen_version)
    if current.due_on == day:
        return current
    current.due_on = day
    data = {"to": day.isoformat() if day else ""}
    _save(current, "due_on", "applications.due", by, data)
    return current


def _save(
    current: Application, field: str, action: str, by: Any, data: dict[str, str]
) -> None:
    current.version += 1
    current.save(update_fields=[field, "version"])
    log(instance=current, action=action, user=by, data=data)
