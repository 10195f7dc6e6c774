"""Who changed an application last, for a colleague who had not seen it yet."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from applications.models.applications import Application
from applications.models.log_entries import ApplicationLogEntry

_Status = Application.Status
# As entries of earlier releases call them.
_BEFORE = {
    "new": _Status.RECEIVED,
    "read": _Status.READING,
    "archived": _Status.CLOSED,
}
# What makes a version older; reading does not.
CHANGES = (
    "applications.status",
    "applications.assign",
    "applications.due",
    "applications.ask",
    "applications.ask_back",
    "applications.answer",
    "applications.decide",
)


def last_change(application: Application) -> ApplicationLogEntry | None:
    """Return the log's last entry about a change by staff, None when there is none."""
    entries = ApplicationLogEntry.objects.for_instance(application)
    changes = entries.filter(action__in=CHANGES).select_related("user")
    return changes.order_by("-number").first()


def told(entry: ApplicationLogEntry | None) -> str:
    """Return who did what and when, as a sentence."""
    if entry is None:
        return gettext("It has changed since you opened it.")
    when = date_format(timezone.localtime(entry.timestamp), "DATETIME_FORMAT")
    return gettext("{who} changed it on {when}: {what}.").format(
        who=entry.user_display_name, when=when, what=entry.message
    )


def moved_words(data: dict[str, Any]) -> str:
    """Return what the log says of a move; its words may have been erased."""
    if earlier := _BEFORE.get(str(data.get("status"))):
        return gettext("Moved to “{state}”").format(state=earlier.label)
    states = {
        name: data[name].get("name", "")
        for name in ("from", "to")
        if isinstance(data.get(name), dict)
    }
    if len(states) < 2:
        return ""
    if data.get("undone"):
        return gettext("Took back “{from}”: it is “{to}” again").format(**states)
    return gettext("Moved from “{from}” to “{to}”").format(**states)


def given_words(data: dict[str, Any]) -> str:
    """Return what the log says of who was given an application."""
    if "to" not in data:
        return ""
    if not data["to"]:
        return gettext("Gave it to nobody")
    return gettext("Gave it to {name}").format(name=data["to"])


def due_words(data: dict[str, Any]) -> str:
    """Return what the log says of the day by which it is to be done."""
    if "to" not in data:
        return ""
    if not data["to"]:
        return gettext("Took the due date away")
    day = date_format(date.fromisoformat(data["to"]), "DATE_FORMAT")
    return gettext("Made it due on {date}").format(date=day)
