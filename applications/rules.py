"""What the gate asks of application forms."""

from collections.abc import Iterator
from typing import Any

from applications.definitions import SECTION
from applications.models.pages import ApplicationFormPage
from core.gate import Level, Problem, register
from core.rules import problem_at
from core.walk import Place


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


def _asks_about_health(question: Place) -> bool:
    return question.value.get("sensitivity") == "health"


@register
class FormWithoutQuestions:
    """There would be nothing to fill in."""

    code = "form-without-questions"
    title = "Form without questions"
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        if isinstance(page, ApplicationFormPage) and not any(questions_of(page)):
            yield Problem(
                self.code,
                self.level,
                "The form asks nothing. Add a question.",
                "questions",
            )


@register
class QuestionWithoutChoices:
    """A choice needs something to choose."""

    code = "question-without-choices"
    title = "Question without its choices"
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
            label = question.value["label"]
            if len([choice for choice in choices if choice]) < needed:
                yield problem_at(
                    question,
                    self,
                    f"“{label}” offers nothing to choose. Add its answers.",
                )
            elif len(set(choices)) < len(choices) or "" in choices:
                yield problem_at(
                    question,
                    self,
                    f"“{label}” offers an answer twice, or an empty one. Remove it.",
                )


@register
class HealthQuestionWithoutReason:
    """Nobody should have to tell of their health without knowing why."""

    code = "health-question-without-reason"
    title = "Health question without a reason"
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
                    f"“{question.value['label']}” asks about health without saying why."
                    " Fill in “why we ask”.",
                )


@register
class HealthQuestionsWithoutConsent:
    """Details of somebody's health may only be kept when they agree to it."""

    code = "health-questions-without-consent"
    title = "Health questions without a consent"
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
                "The form asks about health but not whether the answers may be kept "
                "and read. Add a consent that is required.",
                "questions",
            )


@register
class DuplicateLabel:
    """Questions that read the same cannot be told apart in the summary of mistakes."""

    code = "duplicate-question"
    title = "Question asked twice"
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        seen: set[str] = set()
        for question in questions_of(page):
            label = " ".join((question.value["label"] or "").lower().split())
            if label in seen:
                yield problem_at(
                    question,
                    self,
                    f"“{question.value['label']}” is asked twice. Reword it.",
                )
            seen.add(label)
