"""Conditions within one step, for the script that shows at once what they decide."""

import json
from typing import Any

from applications.applying.forms import field_name
from applications.applying.steps.route import Route, Step
from applications.conditions import holds
from applications.definitions import FILE


def live_conditions(route: Route, step: Step) -> dict[str, str]:
    """Return conditions on questions of the same step as JSON, by the item's id.

    ``{"join", "tests"}`` as in `applications.conditions`; a comparison names the field
    and the kind of its question. What depends on other steps is decided here already.
    """
    on_page: dict[str, dict[str, Any]] = {}
    found: dict[str, str] = {}
    for item in step.items:
        condition = item.get("condition") or {"join": "all", "tests": []}
        tests = [_test(route, test, on_page) for test in condition["tests"]]
        if any(isinstance(test, dict) for test in tests):
            found[item["id"]] = json.dumps({"join": condition["join"], "tests": tests})
        if item in step.questions and (item["id"] in found or route.is_shown(item)):
            on_page[item["id"]] = item
    return found


def _test(
    route: Route, test: dict[str, Any], on_page: dict[str, dict[str, Any]]
) -> dict[str, Any] | bool:
    question = on_page.get(test["question"])
    # Of files that are kept the page posts nothing, so that no script can decide.
    if question is None or question["kind"] == FILE:
        return holds({"join": "all", "tests": [test]}, route.answers)
    return {
        "field": field_name(question),
        "kind": question["kind"],
        "operator": test["operator"],
        "value": test["value"],
    }
