"""An application form as plain data, frozen when the form is published.

``{"questions": [{"kind", "id", …}], "submit_label", "answers_text"}``. A question holds
what its block holds, with the block's id; ``kind`` is the block's name. Only JSON's own
types, so that what was frozen can be compared with what would be.
"""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

SECTION = "section"
_TEXTS = {
    "label",
    "help_text",
    "reason",
    "autocomplete",
    "title",
    "introduction",
}


def frozen_question(kind: str, block_id: str, block: Any, value: Any) -> dict[str, Any]:
    """Return one block as plain data, with defaults for what it lacks."""
    complete = block.to_python(block.get_prep_value(value))
    plain = _plain(block.get_prep_value(complete))
    for name in _TEXTS & plain.keys():
        # Never filled in is None, emptied is "": it reads the same.
        plain[name] = plain[name] or ""
    return {**plain, "kind": kind, "id": block_id}


def frozen(page: Any) -> dict[str, Any]:
    """Return the form of an `ApplicationFormPage` as plain data."""
    return {
        "questions": [
            frozen_question(
                child.block_type, child.id or f"new-{index}", child.block, child.value
            )
            for index, child in enumerate(page.questions)
        ],
        "submit_label": str(page.submit_label),
        "answers_text": page.answers_text,
    }


def asked(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the questions of a definition, without the sections between them."""
    return [
        question for question in content["questions"] if question["kind"] != SECTION
    ]


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(value, cls=DjangoJSONEncoder))
    for name, inner in plain.items():
        if isinstance(inner, list):
            # A ListBlock's items come with ids, which say nothing to an applicant.
            plain[name] = [
                item["value"] if isinstance(item, dict) else item for item in inner
            ]
    return plain
