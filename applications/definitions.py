"""An application form as plain data, frozen when the form is published.

``{"questions": [{"kind", "id", …}], "submit_label", "answers_text"}``, and ``purpose``
and ``retention_months`` where they are filled in. A question holds
what its block holds, with the block's id; ``kind`` is the block's name. Steps,
headings, texts and exits stand among the questions. Only JSON's own types, so that what
was frozen can be compared with what would be. A setting that came later is there only
where it is filled in.
"""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from applications.countries import country_code

STEP = "step"
SECTION = "section"
TEXT = "text"
EXIT = "exit"
FILE = "file"
# Ready-made questions of which staff are told in the list, by the blocks' names.
CARER = "carer"
ADJUSTMENTS = "adjustments"
INTERPRETER = "interpreter"
# What asks nothing.
FURNITURE = {STEP, SECTION, TEXT, EXIT}
_TEXTS = {
    "label",
    "help_text",
    "reason",
    "autocomplete",
    "title",
    "introduction",
    "text",
}
_LATER = {
    "condition",
    "missing_words",
    "mistake_words",
    "unit",
    "may_be_partly_known",
    "body",
    "alternative",
    "ask",
    "short_name",
}


def kind_of(block: Any) -> str:
    """Return what kind of question a block asks: its name, unless it is ready-made."""
    return getattr(block.meta, "kind", block.name)


def frozen_question(kind: str, block_id: str, block: Any, value: Any) -> dict[str, Any]:
    """Return one block as plain data, with defaults for what it lacks."""
    complete = block.to_python(block.get_prep_value(value))
    plain = _plain(block.get_prep_value(complete))
    for name in _TEXTS & plain.keys():
        # Never filled in is None, emptied is "": it reads the same.
        plain[name] = plain[name] or ""
    if "condition" in plain:
        plain["condition"] = _condition(plain["condition"])
    for name in _LATER & plain.keys():
        if not plain[name]:
            del plain[name]
    return {**plain, "kind": kind, "id": block_id}


def frozen(page: Any) -> dict[str, Any]:
    """Return the form of an `ApplicationFormPage` as plain data."""
    questions = [
        frozen_question(
            kind_of(child.block), child.id or f"new-{index}", child.block, child.value
        )
        for index, child in enumerate(page.questions)
    ]
    for child, question in zip(page.questions, questions, strict=True):
        if question["kind"] != child.block_type:
            question["ready_made"] = child.block_type
    _name_by_id(questions)
    terms = {"purpose": page.purpose, "retention_months": page.retention_months}
    return {
        "questions": questions,
        "submit_label": str(page.submit_label),
        "answers_text": page.answers_text,
        **{name: value for name, value in terms.items() if value},
    }


def asked(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the questions of a definition, without what stands between them."""
    return [
        question
        for question in content["questions"]
        if question["kind"] not in FURNITURE
    ]


def asks_about_health(content: dict[str, Any]) -> bool:
    return any(each.get("sensitivity") == "health" for each in asked(content))


def is_hidden(question: dict[str, Any]) -> bool:
    """Return whether staff see the answer only once they reveal it.

    Files are, whatever they were asked for: nobody knows what is in a letter.
    """
    return question.get("sensitivity") == "health" or question["kind"] == FILE


def is_in_steps(content: dict[str, Any]) -> bool:
    """Return whether a form is filled in step by step, each at its own address.

    A form that leads along different routes needs steps even if it has none by name.
    """
    return any(
        question["kind"] in {STEP, EXIT} or question.get("condition")
        for question in content["questions"]
    )


def words(text: Any) -> str:
    """Return a label as it is compared: case and spaces do not count."""
    return " ".join(str(text or "").casefold().split())


def _name_by_id(questions: list[dict[str, Any]]) -> None:
    """Let conditions name questions by id and countries by code, not by their words.

    Of equal ones the nearest before it is meant. Words that no earlier question has
    stay as they are: such a condition holds for no answer, and is not published.
    """
    known: dict[str, dict[str, Any]] = {}
    for question in questions:
        for test in question.get("condition", {}).get("tests", []):
            if earlier := known.get(words(test["question"])):
                test["question"] = earlier["id"]
                if earlier["kind"] in {"country", "address"}:
                    # Such an answer holds a code, where editors write a name.
                    test["value"] = country_code(test["value"]) or test["value"]
        if question["kind"] not in FURNITURE:
            known[words(question["label"])] = question


def _condition(condition: dict[str, Any] | None) -> dict[str, Any] | None:
    if not condition or not condition["tests"]:
        return None
    tests = [
        {name: str(text or "") for name, text in test.items()}
        for test in condition["tests"]
    ]
    return {"join": condition["join"], "tests": tests}


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(value, cls=DjangoJSONEncoder))
    return {name: _without_ids(inner) for name, inner in plain.items()}


def _without_ids(inner: Any) -> Any:
    """Leave out the ids of items and blocks, which say nothing to an applicant."""
    if isinstance(inner, list):
        return [_without_ids(each) for each in inner]
    if not isinstance(inner, dict):
        return inner
    if inner.get("type") == "item" and "value" in inner:  # of a ListBlock
        return _without_ids(inner["value"])
    return {name: _without_ids(each) for name, each in inner.items() if name != "id"}
