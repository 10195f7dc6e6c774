"""The script that shows questions at once decides as the server does."""

import json
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from applications.applying.forms import field_name
from applications.applying.makers import _MAKERS
from applications.applying.steps.live import live_conditions
from applications.applying.steps.route import Route
from applications.composing.blocks import ApplicationQuestionsBlock
from applications.conditions import OPERATORS, holds
from applications.definitions import FILE, frozen_question
from tests.applications.test_conditions import CASES

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "site" / "static" / "js" / "asked-questions.js").read_text()
JOINED = [
    {"question": "a", "operator": "is", "value": "1"},
    {"question": "b", "operator": "more", "value": "2"},
]

# What somebody may have typed into each kind of question.
TYPED: dict[str, list[Any]] = {
    "short_text": ["", " Yes", "7"],
    "long_text": ["", "Yes, I do"],
    "email": ["", "yes@example.org"],
    "telephone": ["", "01632 960 001"],
    "number": ["", "7", "8"],
    "date": [["", "", ""], ["27", "3", "1974"]],
    "single_choice": ["", "Yes", "7"],
    "multiple_choice": [[], ["Yes"], ["Yes", "7"]],
    "yes_no": ["", "Yes", "No"],
    "country": ["", "PT"],
    "address": [["", "", "", "", ""], ["7", "", "Porto", "", "PT"]],
    "consent": [False, True],
}
VALUES = ("Yes", "7", "1974-03-27", "1974", "PT", "porto")


def inputs(name: str, answer: Any) -> str:
    """Return the fields of a question as somebody has filled them in."""
    if isinstance(answer, bool):
        return f'<input type="checkbox" name="{name}"{" checked" if answer else ""}>'
    given = answer if isinstance(answer, list) else [answer or ""]
    return "".join(f'<input name="{name}" value="{escape(each)}">' for each in given)


def kind(answer: Any) -> str:
    if isinstance(answer, bool):
        return "consent"
    return "multiple_choice" if isinstance(answer, list) else "short_text"


def shown(page: Page, answers: dict[str, Any], condition: dict[str, Any]) -> bool:
    tests = [
        {**test, "field": test["question"], "kind": kind(answers.get(test["question"]))}
        for test in condition["tests"]
    ]
    wanted = escape(json.dumps({"join": condition["join"], "tests": tests}))
    fields = "".join(inputs(name, answer) for name, answer in answers.items())
    page.evaluate(
        "html => { document.body.innerHTML = html; }",
        f"<form><asked-questions>{fields}<fieldset data-condition='{wanted}' hidden "
        "disabled>Asked</fieldset></asked-questions></form>",
    )
    return page.locator("fieldset:enabled").is_visible()


def test_each_comparison_holds_for_both_or_neither(page: Page) -> None:
    page.add_script_tag(content=SCRIPT, type="module")
    page.wait_for_function("() => Boolean(customElements.get('asked-questions'))")
    joined = [
        ({"a": one, "b": other}, {"join": join, "tests": JOINED})
        for one in ("1", "2")
        for other in ("2", "3")
        for join in ("all", "any")
    ]
    single = [
        (
            {"a": answer},
            {
                "join": "all",
                "tests": [{"question": "a", "operator": operator, "value": value}],
            },
        )
        for answer, operator, value, _expected in CASES
    ]
    differ = [
        (answers, condition)
        for answers, condition in [*single, *joined]
        if shown(page, answers, condition) != holds(condition, answers)
    ]

    assert differ == []


def _frozen(kind: str, name: str, **value: Any) -> dict[str, Any]:
    block = ApplicationQuestionsBlock().child_blocks[kind]
    raw = {"label": name, "required": False, **value}
    return frozen_question(kind, name, block, block.to_python(raw))


def test_each_kind_of_question_decides_for_both_or_neither(page: Page) -> None:
    assert TYPED.keys() | {FILE} == _MAKERS.keys()  # of files the server decides alone
    page.add_script_tag(content=SCRIPT, type="module")
    page.wait_for_function("() => Boolean(customElements.get('asked-questions'))")
    differ = []
    for kind, answers in TYPED.items():
        more = {"choices": ["Yes", "7"]} if kind.endswith("_choice") else {}
        tests = [(operator, value) for operator in OPERATORS for value in VALUES]
        follow_ups = [
            {
                **_frozen("short_text", f"b{number}"),
                "condition": {
                    "join": "all",
                    "tests": [{"question": "a", "operator": each, "value": value}],
                },
            }
            for number, (each, value) in enumerate(tests)
        ]
        content = {"questions": [_frozen(kind, "a", **more), *follow_ups]}
        for answer in answers:
            route = Route(content, {"a": answer})
            [step] = route.all_steps
            live = live_conditions(route, step)
            parts = "".join(
                f"<fieldset data-condition='{escape(live[each['id']])}'></fieldset>"
                for each in follow_ups
            )
            asked = route.form[field_name(content["questions"][0])].as_field_group()
            page.evaluate(
                "html => { document.body.innerHTML = html; }",
                f"<form><asked-questions>{asked}{parts}</asked-questions></form>",
            )
            disabled = page.evaluate(
                "[...document.querySelectorAll('[data-condition]')]"
                ".map((part) => part.disabled)"
            )
            differ += [
                (kind, answer, test)
                for test, each, hidden in zip(tests, follow_ups, disabled, strict=True)
                if hidden is route.is_shown(each)
            ]

    assert differ == []
