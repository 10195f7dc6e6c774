"""Publishing rules for application forms."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.definitions import SECTION
from applications.models.pages import ApplicationFormPage
from core.prefetch.walk import Place
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at


def questions_of(page: Any) -> Iterator[Place]:
    """Yield the questions of a form page; nothing of any other page."""
    if not isinstance(page, ApplicationFormPage):
        return
    for index, child in enumerate(page.questions):
        if child.block_type != SECTION:
            yield Place(
                "questions",
                index,
                child.id or "",
                child.block_type,
                child.block,
                child.value,
            )


def _label(question: Place) -> str:
    """Return the question's words, which a draft may not have yet."""
    return question.value["label"] or "…"


def _asks_about_health(question: Place) -> bool:
    return question.value.get("sensitivity") == "health"


@register
class FormWithoutQuestions:
    """Refuses a form that asks nothing."""

    code = "form-without-questions"
    title = _("Form without questions")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        if isinstance(page, ApplicationFormPage) and not any(questions_of(page)):
            yield Problem(
                self.code,
                self.level,
                gettext("The form asks nothing. Add a question."),
                "questions",
            )


@register
class QuestionWithoutChoices:
    """Refuses a choice without options."""

    code = "question-without-choices"
    title = _("Question without choices")
    level: Level = "block"
    _at_least = {"single_choice": 2, "multiple_choice": 1}

    def problems(self, page: Any) -> Iterator[Problem]:
        for question in questions_of(page):
            needed = self._at_least.get(question.name, 0)
            if not needed:
                continue
            choices = [
                (choice or "").strip() for choice in question.value.get("choices") or []
            ]
            label = _label(question)
            if len([choice for choice in choices if choice]) < needed:
                yield problem_at(
                    question,
                    self,
                    gettext("“{question}” has no choices. Add them.").format(
                        question=label
                    ),
                )
            elif len(set(choices)) < len(choices) or "" in choices:
                yield problem_at(
                    question,
                    self,
                    gettext(
                        "“{question}” offers a choice twice, or an empty one. Remove "
                        "it."
                    ).format(question=label),
                )


@register
class HealthQuestionWithoutReason:
    """Warns of a question about health that does not say why it is asked."""

    code = "health-question-without-reason"
    title = _("Health question without a reason")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        for question in questions_of(page):
            if (
                _asks_about_health(question)
                and not (question.value.get("reason") or "").strip()
            ):
                yield problem_at(
                    question,
                    self,
                    gettext(
                        "“{question}” asks about health without saying why. Fill in "
                        "“why we ask”."
                    ).format(question=_label(question)),
                )


@register
class HealthQuestionsWithoutConsent:
    """Refuses questions about health on a form that does not ask for consent."""

    code = "health-questions-without-consent"
    title = _("Health questions without a consent")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        questions = list(questions_of(page))
        if not any(map(_asks_about_health, questions)):
            return
        if not any(
            q.name == "consent" and q.value.get("required", True) for q in questions
        ):
            yield Problem(
                self.code,
                self.level,
                gettext(
                    "The form asks about health, but not for consent to keep and "
                    "read the answers. Add a required consent."
                ),
                "questions",
            )


@register
class DuplicateLabel:
    """Warns of equal labels, which the error summary could not tell apart."""

    code = "duplicate-question"
    title = _("Question asked twice")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        seen: set[str] = set()
        for question in questions_of(page):
            label = " ".join((question.value["label"] or "").lower().split())
            if label and label in seen:
                yield problem_at(
                    question,
                    self,
                    gettext("“{question}” is asked twice. Reword it.").format(
                        question=question.value["label"]
                    ),
                )
            seen.add(label)
