"""Conditions in the questions of a form."""

from typing import Any


def only_if(question: str, operator: str, value: str) -> dict[str, Any]:
    """Return a condition on the answer to an earlier question."""
    test = {"question": question, "operator": operator, "value": value}
    return {"join": "all", "tests": [test]}
