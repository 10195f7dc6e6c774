"""Publishing rules for the way through a form: steps, conditions, the pre-check."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.applying.steps.route import consent_step, required_consents, steps_of
from applications.composing.condition_rules import name_of, tests_of
from applications.composing.reach import never_met
from applications.composing.rules import items_of
from applications.definitions import (
    EXIT,
    FURNITURE,
    STEP,
    asked,
    frozen,
    is_in_steps,
    words,
)
from applications.models.pages import ApplicationFormPage
from core.publishing.gate import Level, Problem, register, shared
from core.publishing.rules import problem_at

# Characters of text that a cookie holds in any script, with what else is in it.
PRECHECK_CHARACTERS = 400


@shared
def _content(page: Any) -> dict[str, Any] | None:
    """Return the form of a page in steps as it would be frozen."""
    if not isinstance(page, ApplicationFormPage):
        return None
    content = frozen(page)
    return content if is_in_steps(content) else None


@register
class ConditionOnNothing:
    """Refuses a condition on a question that does not come before it."""

    code = "condition-on-nothing"
    title = _("Condition on no earlier question")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        items = list(items_of(page))
        labels = [
            "" if item.name in FURNITURE else words(item.value.get("label"))
            for item in items
        ]
        for index, item in enumerate(items):
            for test in tests_of(item):
                wanted = words(test["question"])
                if not wanted or wanted in labels[:index]:
                    continue
                if wanted == labels[index]:
                    sentence = gettext("“{name}” depends on itself. Choose another.")
                elif wanted in labels[index:]:
                    sentence = gettext(
                        "“{name}” depends on “{question}”, which is asked later. Move "
                        "that question up, or choose an earlier one."
                    )
                else:
                    sentence = gettext(
                        "“{name}” depends on “{question}”, which this form does not "
                        "ask. Copy the words of an earlier question."
                    )
                yield problem_at(
                    item,
                    self,
                    sentence.format(name=name_of(item), question=test["question"]),
                )


@register
class StepNobodyReaches:
    """Refuses a question, step or exit that no answers lead to."""

    code = "step-nobody-reaches"
    title = _("Step that nobody can reach")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not (content := _content(page)):
            return
        unmet = never_met(content)
        known = {question["id"] for question in asked(content)}
        for item, frozen_item in zip(items_of(page), content["questions"], strict=True):
            tests = frozen_item.get("condition", {}).get("tests", [])
            if not tests or any(test["question"] not in known for test in tests):
                continue  # of those another rule tells
            if frozen_item["id"] in unmet:
                yield problem_at(
                    item,
                    self,
                    gettext(
                        "Nobody can reach “{name}”: no answers fulfil its condition. "
                        "Change or remove it."
                    ).format(name=name_of(item)),
                )


@register
class QuestionBeforeSteps:
    """Refuses what stands before the first step of a form that has steps."""

    code = "question-before-steps"
    title = _("Question before the first step")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        items = list(items_of(page))
        if any(item.name == STEP for item in items) and items[0].name != STEP:
            yield problem_at(
                items[0],
                self,
                gettext("“{name}” stands in no step. Put a step above it.").format(
                    name=name_of(items[0])
                ),
            )


@register
class StepWithoutQuestions:
    """Refuses a step that has nothing in it."""

    code = "step-without-questions"
    title = _("Empty step")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        items = list(items_of(page))
        for item, after in zip_longest(items, items[1:]):
            if item.name == STEP and (after is None or after.name in {STEP, EXIT}):
                yield problem_at(
                    item,
                    self,
                    gettext(
                        "The step “{name}” is empty. Add a question, or remove it."
                    ).format(name=name_of(item)),
                )


@register
class ConsentUnderCondition:
    """Refuses a consent on which the draft depends, but that not everybody is asked."""

    code = "consent-under-condition"
    title = _("Consent under a condition")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not (content := _content(page)):
            return
        step = steps_of(content)[consent_step(content) - 1]
        for consent in required_consents(step):
            if step.item.get("condition") or consent.get("condition"):
                yield Problem(
                    self.code,
                    self.level,
                    gettext(
                        "Everybody must be asked for “{name}”: what is filled in after "
                        "it is stored. Remove its condition, and that of its step."
                    ).format(name=consent["label"]),
                    "questions",
                )


@register
class LongBeforeConsent:
    """Refuses more text before the consent than the browser can keep."""

    code = "long-before-consent"
    title = _("Long answers before the consent")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not (content := _content(page)):
            return
        begins = consent_step(content)
        before = [
            question
            for step in steps_of(content)[: begins - 1]
            for question in step.questions
        ]
        if sum(map(_most_characters, before)) > PRECHECK_CHARACTERS:
            yield Problem(
                self.code,
                self.level,
                gettext(
                    "Before the consent nothing is stored, and the browser keeps no "
                    "long answers. Ask for texts in the step with the consent or later."
                ),
                "questions",
            )


def _most_characters(question: dict[str, Any]) -> int:
    """Return how long an answer may be."""
    match question["kind"]:
        case "short_text" | "long_text":
            return question["max_length"] or PRECHECK_CHARACTERS + 1
        case "single_choice":
            return max(map(len, question["choices"]), default=0)
        case "multiple_choice":
            return sum(map(len, question["choices"]))
        case "address":
            return PRECHECK_CHARACTERS + 1
        case "email":
            return 254
    return 40
