"""Publishing rules for application forms."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.definitions import FURNITURE, asks_about_health, kind_of
from applications.models.pages import ApplicationFormPage
from applications.models.rights import FormRight, Right, containing
from core.prefetch.walk import Place
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at


def items_of(page: Any) -> Iterator[Place]:
    """Yield what a form page's form consists of; nothing of any other page."""
    if not isinstance(page, ApplicationFormPage):
        return
    for index, child in enumerate(page.questions):
        yield Place(
            "questions",
            index,
            child.id or "",
            kind_of(child.block),
            child.block,
            child.value,
        )


def questions_of(page: Any) -> Iterator[Place]:
    """Yield the questions among them."""
    return (item for item in items_of(page) if item.name not in FURNITURE)


def label_of(question: Place) -> str:
    """Return the question's words, which a draft may not have yet."""
    return question.value["label"] or "…"


def _asks_about_health(question: Place) -> bool:
    return question.value.get("sensitivity") == "health"


def _has_asked_about_health(page: ApplicationFormPage) -> bool:
    """Return whether any version that was published did, whose answers may be kept."""
    published = page.definitions.all() if page.pk else []
    return any(asks_about_health(each.content) for each in published)


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
            label = label_of(question)
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
                        "“Why we ask”."
                    ).format(question=label_of(question)),
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
class HealthQuestionsWithoutTerms:
    """Refuses questions about health without saying what for and how long kept."""

    code = "health-questions-without-terms"
    title = _("Health questions without purpose and period")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not any(map(_asks_about_health, questions_of(page))):
            return
        if not page.purpose.strip():
            sentence = gettext(
                "The form asks about health, but does not say what the answers are "
                "for. Fill it in."
            )
            yield Problem(self.code, self.level, sentence, "purpose")
        if not page.retention_months:
            sentence = gettext(
                "The form asks about health, but does not say for how many months the "
                "answers are kept. Fill it in."
            )
            yield Problem(self.code, self.level, sentence, "retention_months")


@register
class HealthQuestionsWithoutReaders:
    """Refuses forms that no group reads if they ask about health, or ever did.

    Nobody but administrators would see what arrives, see `admissions.rights`. A copy of
    a form has no readers either, until somebody says who they are.
    """

    code = "health-questions-without-readers"
    title = _("Health questions without readers")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not isinstance(page, ApplicationFormPage) or _is_read(page):
            return
        if any(map(_asks_about_health, questions_of(page))):
            sentence = gettext(
                "The form asks about health, but no group may read the answers. Save a "
                "draft, and have an administrator choose one under “Rights to "
                "applications”, in the menu of the page."
            )
        elif _has_asked_about_health(page):
            sentence = gettext(
                "The form once asked about health, and no group may read what was "
                "answered. Have an administrator choose one under “Rights to "
                "applications”, in the menu of the page."
            )
        else:
            return
        yield Problem(self.code, self.level, sentence, "questions")


def _is_read(page: ApplicationFormPage) -> bool:
    reading = FormRight.objects.filter(form=page.pk, right__in=containing(Right.READ))
    return bool(page.pk) and reading.exists()


@register
class ConsentWithoutShortName:
    """Refuses consents without a short name on a form that asks about health.

    Applicants find them again by it: among their answers, and to take one back.
    """

    code = "consent-without-short-name"
    title = _("Consent without a short name")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        questions = list(questions_of(page))
        if not any(map(_asks_about_health, questions)):
            return
        for question in questions:
            if (
                question.name == "consent"
                and not (question.value.get("short_name") or "").strip()
            ):
                sentence = gettext(
                    "The consent “{question}” has no short name. Fill it in: a few "
                    "words, such as “Reading my health details”."
                )
                yield problem_at(
                    question, self, sentence.format(question=label_of(question))
                )


@register
class SecondEmailQuestion:
    """Warns of an address that nobody is written to: the first is the applicant's."""

    code = "second-email-question"
    title = _("Second question for an e-mail address")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        for question in [q for q in questions_of(page) if q.name == "email"][1:]:
            sentence = gettext(
                "“{question}” is a second question for an e-mail address. We write to "
                "the first alone: let that be the applicant's own."
            )
            yield problem_at(
                question, self, sentence.format(question=label_of(question))
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
