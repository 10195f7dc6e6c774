"""What the page of an application shows of questions, opinions and decisions."""

from typing import Any

from django.utils.translation import gettext
from wagtail.admin.utils import get_user_display_name

from applications.admissions.files import shown_files
from applications.admissions.rights import Right
from applications.deciding.decision import decision_of, needs_second_reader
from applications.deciding.record import read
from applications.inbox.reading import HandledApplicationView
from applications.models.applications import Application
from applications.models.decisions import READERS


class DecidedApplicationView(HandledApplicationView):
    """Shows what was asked for later, and what was thought and decided."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["may_decide"] = (
            Right.DECIDE in self.rights
            and self.object.status != Application.Status.WITHDRAWN
        )
        if Right.READ in self.rights:
            context["questions"] = self._questions()
            context["decisions"] = self._decisions()
            context["holding"] = decision_of(self.object)
        if Right.DECIDE in self.rights:
            context["opinions"] = self._opinions()
            context["needs_two"] = needs_second_reader(self.object)
        return context

    def hides_more(self) -> bool:
        answered = self.object.further_questions.exclude(answered_at=None)
        return self.until is None and answered.exists()

    def _questions(self) -> list[dict[str, Any]]:
        """Return ``{"question", "text", "by", "answer", "files"}``, oldest first.

        Answers may tell of health: they are there once it was revealed.
        """
        shown, is_revealed = [], self.until is not None
        files = shown_files(self.object) if is_revealed else {}
        for each in self.object.further_questions.select_related("asked_by"):
            question = {
                "question": each,
                "text": read(each, "text"),
                "by": _name(each.asked_by),
                "files": files.get(each.files_of, []),
            }
            if is_revealed and each.answered_at:
                question["answer"] = read(each, "answer")
            question["is_hidden"] = bool(each.answered_at) and not is_revealed
            shown.append(question)
        return shown

    def _decisions(self) -> list[dict[str, Any]]:
        return [
            {
                "decision": each,
                "text": read(each, "reasons"),
                "by": _name(each.decided_by),
            }
            for each in self.object.decision_set.select_related("decided_by")
        ]

    def _opinions(self) -> list[dict[str, Any]]:
        """Return ``{"opinion", "by", "text"}``: one's own alone until both are in."""
        opinions = list(self.object.opinion_set.select_related("reader"))
        are_in = len(opinions) >= READERS
        return [
            {
                "opinion": each,
                "by": _name(each.reader),
                "text": read(each, "text"),
            }
            for each in opinions
            if are_in or each.reader_id == self.request.user.pk
        ]


def _name(user: Any) -> str:
    return get_user_display_name(user) if user else gettext("Somebody who has left")
