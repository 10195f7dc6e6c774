"""What staff asked, noted, thought and decided about an application, as rows."""

from typing import Any

from django.utils.translation import gettext

from applications.deciding.decision import both_are_in
from applications.models.applications import Application
from applications.models.decisions import Decision, Opinion
from applications.models.further_questions import FurtherQuestion
from applications.models.notes import ApplicationNote
from core.encryption import EncryptionError


def rows_about(application: Application) -> list[tuple[str, str | list[str]]]:
    """Return ``(what it is, its words)``, for whoever asks what is kept of them.

    Who of the staff wrote it is not among it, nor an opinion that a colleague must not
    read yet.
    """
    asked = FurtherQuestion.objects.filter(application=application)
    return [
        *((read(each, "text"), read(each, "answer")) for each in asked),
        *_rows(gettext("Decision"), Decision, "reasons", application),
        *(_opinions(application) if both_are_in(application) else ()),
        *_rows(gettext("Note"), ApplicationNote, "text", application),
    ]


def read(row: Any, field: str) -> str:
    """Return what a row says, or why that cannot be read."""
    try:
        text: str = getattr(row, field)
    except EncryptionError as error:
        return str(error.sentence)
    return text


def _opinions(application: Application) -> list[tuple[str, str | list[str]]]:
    return _rows(gettext("Opinion"), Opinion, "text", application)


def _rows(
    label: str, model: Any, field: str, application: Application
) -> list[tuple[str, str | list[str]]]:
    rows = model.objects.filter(application=application)
    return [(label, read(row, field)) for row in rows]
