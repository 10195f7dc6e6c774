"""What staff should know before they write or call: a carer, adjustments, a language.

It stands in the list, too, without what exactly was answered. Answers are encrypted, so
those of one page of the list are read for it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from applications.admissions.rights import Right, forms_where
from applications.definitions import ADJUSTMENTS, CARER, INTERPRETER, asked, is_hidden
from applications.models.applications import Answer, Application
from core.encryption import EncryptionError

# The question about an interpreter is answered in words, "no" among them.
_MARKS = {
    CARER: _("Filled in by a carer"),
    ADJUSTMENTS: _("Needs adjustments"),
    INTERPRETER: _("Answered about an interpreter"),
}


def marks_of(
    applications: Sequence[Application], reader: Any, *, is_revealed: bool = False
) -> dict[UUID, list[str]]:
    """Return marks by application, of those that have any; in one query.

    They come out of answers: of applications that ``reader`` may only see there are
    none, and of questions about health only where those are revealed. An answer that
    cannot be read marks nothing here: it is told of at the application.
    """
    kinds = {
        (application.pk, question["id"]): question["ready_made"]
        for application in applications
        for question in asked(application.definition.content)
        if question.get("ready_made") in _MARKS
        and (is_revealed or not is_hidden(question))
    }
    answers = Answer.objects.filter(
        application__in=applications,
        application__definition__page__in=forms_where(reader, Right.READ).values("pk"),
        question__in={question for _pk, question in kinds},
    )
    found: dict[UUID, list[str]] = {}
    for answer in answers if kinds else []:
        kind = kinds.get((answer.application_id, answer.question))
        if kind and _says_so(kind, answer):
            found.setdefault(answer.application_id, []).append(str(_MARKS[kind]))
    return found


def _says_so(kind: str, answer: Answer) -> bool:
    try:
        given: Any = answer.given
    except EncryptionError:
        return False
    return given == "Yes" if kind == CARER else bool(given)
