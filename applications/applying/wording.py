"""Answers in words, as applicants and staff read them."""

from typing import Any

from django.utils.translation import gettext

from applications.countries import countries
from applications.uploads.field import file_texts


def answer_texts(question: dict[str, Any], given: Any) -> list[str]:
    """Return an answer as texts, none where it was left empty.

    Args:
        question: As it was frozen.
        given: The cleaned value; None where the question was not asked.
    """
    if given is None:
        return [gettext("Not asked")]
    match question["kind"]:
        case "consent":
            return [gettext("Agreed") if given else gettext("Did not agree")]
        case "yes_no":
            given = {"Yes": gettext("Yes"), "No": gettext("No")}.get(given, given)
        case "country":
            given = countries().get(given, given)
        case "address":
            given = [*given[:-1], *(countries().get(c, c) for c in given[-1:])]
        case "file":
            given = file_texts(given)
        case "number" if given and question.get("unit"):
            given = f"{given} {question['unit']}"
    texts = given if isinstance(given, list) else [given]
    return [text for text in texts if text]
