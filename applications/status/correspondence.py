"""What applicants read of further questions and of the decision."""

from typing import Any

from applications.deciding.decision import decision_of
from applications.deciding.record import read
from applications.models.applications import Application
from applications.models.further_questions import FurtherQuestion


def correspondence(application: Application) -> dict[str, Any]:
    """Return questions and the decision, in words; two queries.

    ``decision`` and the values of ``questions`` are texts, or what cannot be read.
    """
    asked = FurtherQuestion.objects.filter(application=application)
    decision = decision_of(application)
    return {
        "decision": read(decision, "reasons") if decision else "",
        "questions": [
            {
                "pk": question.pk,
                "text": read(question, "text"),
                "answer": read(question, "answer"),
                "answered_at": question.answered_at,
                "is_open": question.is_open and not application.withdrawn_at,
            }
            for question in asked.filter(taken_back_at=None)
        ],
    }
