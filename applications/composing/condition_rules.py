"""Publishing rules for what a condition compares an answer with."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.composing.rules import items_of
from applications.conditions import TICKED, date_in, number_in
from applications.countries import country_code
from applications.definitions import FURNITURE, words
from core.prefetch.walk import Place
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at

_NOT_OFFERED = _(
    "“{name}” depends on the answer “{value}”, which “{question}” does not offer. Copy "
    "one that it does."
)
_FILES = _(
    "“{name}” compares the files of “{question}” with something. Choose “is answered”."
)
_ADDRESS = _(
    "“{name}” compares the address of “{question}” as a whole. Choose “contains” with "
    "one of its lines, or “is answered”."
)
_COUNTRY = _(
    "“{name}” puts the countries of “{question}” in an order. Choose “is” or “is not”."
)
_NO_COUNTRY = _(
    "“{name}” depends on “{value}”, which is no country that “{question}” offers. "
    "Write its name as the list has it, or its code, such as PT."
)
_NO_DATE = _(
    "“{name}” compares “{question}” with “{value}”, which is no date. Write it as "
    "2026-01-31."
)
_NO_NUMBER = _(
    "“{name}” compares “{question}” with “{value}”, which is no number. Write it in "
    "digits, such as 12."
)


def name_of(item: Place) -> str:
    """Return what editors call an item."""
    value = item.value
    return value.get("label") or value.get("title") or gettext("This text")


def tests_of(item: Place) -> Iterator[Any]:
    """Yield the comparisons of an item's condition."""
    condition = item.value.get("condition")
    yield from (condition or {}).get("tests") or []


@register
class ConditionOnNoChoice:
    """Refuses a condition on an answer that cannot be given."""

    code = "condition-on-no-choice"
    title = _("Condition on an answer that is not offered")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        earlier: dict[str, Place] = {}
        for item in items_of(page):
            for test in tests_of(item):
                question = earlier.get(words(test["question"]))
                if question is not None and (sentence := _mistake(test, question)):
                    yield problem_at(
                        item,
                        self,
                        str(sentence).format(
                            name=name_of(item),
                            value=test["value"] or "",
                            question=name_of(question),
                        ),
                    )
            if item.name not in FURNITURE:
                earlier[words(item.value.get("label"))] = item


def _mistake(test: Any, question: Place) -> Promise | None:
    """Return what is wrong with a comparison that no answer fulfils."""
    operator, value = test["operator"], words(test["value"])
    if operator == "answered":
        return None
    match question.name:
        case "file":
            return _FILES
        case "address" if operator != "contains":
            return _ADDRESS
        case "country" if operator in {"more", "less"}:
            return _COUNTRY
        case "country" if not country_code(value):
            return _NO_COUNTRY
        case "date" if date_in(value) is None:
            return _NO_DATE
        case "number" if number_in(value) is None:
            return _NO_NUMBER
    return None if _can_be(operator, value, question) else _NOT_OFFERED


def _can_be(operator: str, value: str, question: Place) -> bool:
    """Return whether a question offers an answer that a comparison asks for."""
    match question.name:
        case "yes_no":
            return value in {"yes", "no"}
        case "consent":
            return value == words(TICKED)
        case "single_choice" | "multiple_choice":
            choices = [words(choice) for choice in question.value.get("choices") or []]
            if operator == "contains" and question.name == "single_choice":
                return bool(value) and any(value in choice for choice in choices)
            return value in choices
    return bool(value)
