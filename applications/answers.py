"""An application's answers beside the questions as they were asked."""

from typing import Any

from django.utils.translation import gettext

from applications.applying.wording import answer_texts
from applications.definitions import asked, is_hidden
from applications.models.applications import Answer, Application
from core.encryption import EncryptionError


def shown_answers(
    application: Application, *, is_revealed: bool = True
) -> list[dict[str, Any]]:
    """Return ``{"question", "given" or "problem"}`` in the order of the form.

    Where it is not revealed, an answer that staff see only then has ``is_hidden``
    instead, and is not even decrypted: whether there was one may tell enough.

    The problem is a sentence where an answer cannot be read: one lost key must not hide
    the answers that another key opens. A consent that was taken back has the date of it
    as ``revoked_at``.
    """
    answers = {answer.question: answer for answer in application.answers.all()}
    revoked = dict(application.revocations.values_list("question", "revoked_at"))
    return [
        {
            "question": question,
            "revoked_at": revoked.get(question["id"]),
            **(
                {"is_hidden": True}
                if is_hidden(question) and not is_revealed
                else shown(question, answers.get(question["id"]))
            ),
        }
        for question in asked(application.definition.content)
    ]


def shown(question: dict[str, Any], answer: Answer | None) -> dict[str, Any]:
    """Return ``{"given": texts}``, or ``{"problem": sentence}`` where there is none."""
    if answer is None:
        return {
            "problem": gettext(
                "The answer to this question is missing. Tell an administrator."
            )
        }
    try:
        given = answer.given
    except EncryptionError as error:
        return {"problem": error.sentence}
    return {"given": answer_texts(question, given)}
