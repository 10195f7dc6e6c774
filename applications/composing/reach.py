"""Finds what no answers lead to, by trying them out with what decides: `conditions`."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from itertools import product
from math import prod
from typing import Any

from django.core.exceptions import ValidationError

from applications.applying.makers import field_for
from applications.conditions import date_in, number_in, visible
from applications.countries import countries
from applications.definitions import asked

# Of more combinations nobody is told: a form would have a dozen questions that lead on.
MOST_TRIED = 20_000


def never_met(content: dict[str, Any]) -> set[str]:
    """Return the ids of items that somebody meets whatever the answers: of no one.

    Nothing is returned where there are too many combinations to try.
    """
    deciding = _tests_by_question(content)
    samples = {
        question["id"]: _samples(question, deciding[question["id"]])
        for question in asked(content)
        if question["id"] in deciding
    }
    if prod(map(len, samples.values())) > MOST_TRIED:
        return set()
    unmet = {item["id"] for item in content["questions"]}
    for values in product(*samples.values()):
        answers = dict(zip(samples, values, strict=True))
        given = {name: value for name, value in answers.items() if value is not None}
        unmet -= {item["id"] for item in visible(content, given)}
        if not unmet:
            break
    return unmet


def _tests_by_question(content: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for item in content["questions"]:
        for test in item.get("condition", {}).get("tests", []):
            found.setdefault(test["question"], []).append(test)
    return found


def _samples(question: dict[str, Any], tests: list[dict[str, Any]]) -> list[Any]:
    """Return answers that tell all outcomes of ``tests`` apart."""
    values = list(dict.fromkeys(test["value"] for test in tests))
    match question["kind"]:
        case "yes_no":
            samples: list[Any] = ["Yes", "No"]
        case "consent":
            samples = [True] if question["required"] else [True, False]
        case "single_choice":
            samples = list(question["choices"])
        case "multiple_choice":
            samples = _selections(question["choices"], values)
        case "file":
            samples = ["…"]
        case "address":
            lines = [value for value in values if value]
            samples = [lines, *([line] for line in lines), ["…"]]
        case "country":
            samples = [*(v for v in values if v in countries()), _another(values)]
        case "date":
            samples = [day for value in values for day in _days_near(value)] or ["…"]
        case "number":
            near = dict.fromkeys(_numbers_near(question, values))
            samples = [n for n in near if _is_taken(question, n)] or ["…"]
        case _:
            samples = [*values, *(near for v in values for near in _near(v)), "…"]
            samples.append(" ".join(values))
    return samples if question["required"] else [*samples, None]


def _selections(choices: list[str], values: list[str]) -> list[list[str]]:
    """Return every selection of what is compared with, alone and beside another."""
    compared = [choice for choice in choices if choice in values]
    others = [choice for choice in choices if choice not in values][:1]
    return [
        [
            choice
            for choice, taken in zip([*compared, *others], chosen, strict=True)
            if taken
        ]
        for chosen in product([True, False], repeat=len(compared) + len(others))
    ]


def _another(codes: list[str]) -> str:
    return next(code for code in countries() if code not in codes)


def _days_near(value: str) -> Iterator[str]:
    """Yield a date with what is just before and just after it, and far from it."""
    yield from ("1000-01-01", "9999-12-31")
    if day := date_in(value):
        for days in (-1, 0, 1):
            with suppress(OverflowError):
                yield (day + timedelta(days)).isoformat()


def _numbers_near(question: dict[str, Any], values: list[str]) -> Iterator[str]:
    """Yield numbers, with what is just less and just more, and the question's limits.

    In steps as small as the question takes.
    """
    yield from filter(None, (question["minimum"], question["maximum"]))
    unit = Decimal(1).scaleb(-(question["decimals"] or 0))
    numbers = (number_in(value) for value in values)
    for number in (each for each in numbers if each is not None):
        with suppress(InvalidOperation):  # more digits than anybody types
            floor = number.quantize(unit, ROUND_FLOOR)
            for steps in (-1, 0, 1, 2):
                yield format(floor + steps * unit, "f")


def _is_taken(question: dict[str, Any], number: str) -> bool:
    """Return whether the question takes a number as its answer."""
    try:
        field_for(question).clean(number)
    except ValidationError:
        return False
    return True


def _near(value: str) -> Iterator[str]:
    """Yield what is just less and just more than a number or a date in a text."""
    if (number := number_in(value)) is None:
        yield from ("1000-01-01", "9999-12-31")
    else:
        yield from (str(number - 1), str(number + 1))
