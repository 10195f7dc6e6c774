"""Which questions are asked: conditions on earlier answers, over a frozen definition.

``{"join": "all" | "any", "tests": [{"question", "operator", "value"}]}``, where the
question is the id of an earlier one. The server alone decides; the script
``asked-questions.js`` shows the same at once, and a test compares the two.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from applications.definitions import STEP

# What a ticked box is called in a condition.
TICKED = "Yes"
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{1,2}){0,2}")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
OPERATORS = ("is", "is_not", "contains", "more", "less", "answered")


def holds(condition: Mapping[str, Any] | None, answers: Mapping[str, Any]) -> bool:
    """Return whether a condition holds; one without tests always does.

    Args:
        condition: As frozen.
        answers: Cleaned, by the question's id, of the questions that were asked.
    """
    if not condition or not condition["tests"]:
        return True
    join = any if condition["join"] == "any" else all
    return join(
        _passes(test, answers.get(test["question"])) for test in condition["tests"]
    )


def visible(
    content: Mapping[str, Any], answers: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the items of a definition that somebody with these answers meets.

    An answer to a question that is not asked counts for no condition.
    """
    shown: list[dict[str, Any]] = []
    known: dict[str, Any] = {}
    is_in_shown_step = True
    for item in content["questions"]:
        is_shown = holds(item.get("condition"), known)
        if item["kind"] == STEP:
            is_in_shown_step = is_shown
        elif not is_in_shown_step:
            continue
        if is_shown:
            shown.append(item)
            if item["id"] in answers:
                known[item["id"]] = answers[item["id"]]
    return shown


def _passes(test: Mapping[str, Any], answer: Any) -> bool:
    if isinstance(answer, bool):
        answer = TICKED if answer else ""
    expected = test["value"]
    match test["operator"]:
        case "answered":
            return bool(answer)
        case "is":
            return _is(answer, expected)
        case "is_not":
            return not _is(answer, expected)
        case "contains":
            if isinstance(answer, list):
                return _same(expected) in map(_same, answer)
            return bool(answer) and _same(expected) in _same(answer)
        case "more":
            return _order(answer, expected) > 0
        case "less":
            return _order(answer, expected) < 0
    return False


def _same(text: Any) -> str:
    """Return a text as it is compared: case and spaces do not count."""
    return " ".join(str(text or "").casefold().split())


def _is(answer: Any, expected: str) -> bool:
    if isinstance(answer, list):
        return [_same(each) for each in answer if each] == [_same(expected)]
    return bool(answer) and (
        _same(answer) == _same(expected) or _order(answer, expected) == 0
    )


def _order(given: Any, expected: str) -> float:
    """Return -1, 0 or 1; not a number where the two cannot be compared."""
    parsers: tuple[Callable[[Any], Any], ...] = (number_in, date_in)
    for parse in parsers:
        left, right = parse(given), parse(expected)
        if left is not None and right is not None:
            return (left > right) - (left < right)
    return float("nan")


def number_in(text: Any) -> Decimal | None:
    """Parse a number; None for anything else."""
    stripped = str(text or "").strip()
    return Decimal(stripped) if _NUMBER.fullmatch(stripped) else None


def date_in(text: Any) -> datetime.date | None:
    """Parse a date, of which the day, or day and month, may not be known."""
    stripped = str(text or "").strip()
    if not _DATE.fullmatch(stripped):
        return None
    parts = stripped.split("-")
    try:
        year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
        return datetime.date(year, month, day)
    except ValueError:
        return None
