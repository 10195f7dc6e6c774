"""The columns of a form's table: one a question, whatever became of it since."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext

from applications.definitions import asked


class Column(NamedTuple):
    """One question, known by the id of its block.

    Attributes:
        question: The id.
        heading: Its words now, and those it had before; or that it is no longer asked.
    """

    question: str
    heading: str


def columns_of(contents: Sequence[dict[str, Any]]) -> list[Column]:
    """Return the columns for all definitions of a form.

    Args:
        contents: The definitions, the newest first. What it asks stands in its order;
            then come the questions that are no longer asked.
    """
    labels: dict[str, list[str]] = {}
    for content in contents:
        for question in asked(content):
            known = labels.setdefault(question["id"], [])
            if question["label"] not in known:
                known.append(question["label"])
    current = {question["id"] for question in asked(contents[0])} if contents else set()
    return [
        Column(question, _heading(names, is_asked=question in current))
        for question, names in labels.items()
    ]


def _heading(labels: list[str], *, is_asked: bool) -> str:
    latest, *earlier = labels
    remarks = []
    if earlier:
        quoted = ", ".join(f"“{label}”" for label in earlier)
        remarks.append(gettext("before: {labels}").format(labels=quoted))
    if not is_asked:
        remarks.append(gettext("no longer asked"))
    return f"{latest} ({'; '.join(remarks)})" if remarks else latest
