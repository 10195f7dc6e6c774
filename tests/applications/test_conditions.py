"""Conditions on earlier answers: when they hold, and what is met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.conditions import OPERATORS, holds, visible

ANSWERS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=20),
    st.lists(st.text(max_size=20), max_size=3),
    st.sampled_from(["", "0", "-1.5", "1e999", "NaN", "2026-02-30", "2026", "2026-13"]),
)


def condition(operator, value="", join="all", question="a"):
    test = {"question": question, "operator": operator, "value": value}
    return {"join": join, "tests": [test]}


# Answer, comparison, value, and whether it holds.
CASES = [
    ("Yes", "is", "yes ", True),
    ("No", "is", "Yes", False),
    ("7.0", "is", "7", True),
    ("No", "is_not", "Yes", True),
    (None, "is_not", "Yes", True),
    (None, "is", "", False),
    ("I take a Blood  thinner", "contains", "blood thinner", True),
    (["Infection", "Cancer"], "contains", "cancer", True),
    (["Infection of the skin"], "contains", "Infection", False),
    (["Infection"], "is", "infection", True),
    (["Infection", "Cancer"], "is", "Infection", False),
    ("9", "less", "10", True),
    ("10", "less", "10", False),
    ("11", "more", "10", True),
    ("2026-02-01", "more", "2026-01-31", True),
    ("2025", "less", "2026-01-01", True),
    ("2026-03", "more", "2026-02-28", True),
    ("many", "more", "10", False),
    ("1e3", "more", "10", False),
    ("5", "less", "2026-01-01", False),
    ("2026-02-30", "more", "2026-01-01", False),
    ("2026-1-5", "is", "2026-01-05", True),
    ("-1.50", "is", "-1.5", True),
    ("Sí", "is", "SÍ", True),
    (["5"], "more", "0", False),
    (["5.0"], "is", "5", False),
    ("", "more", "10", False),
    ("x", "answered", "", True),
    ("", "answered", "", False),
    ([], "answered", "", False),
    (True, "is", "Yes", True),
    (True, "answered", "", True),
    (False, "answered", "", False),
    (False, "is_not", "Yes", True),
]


@pytest.mark.parametrize(("answer", "operator", "value", "expected"), CASES)
def test_a_comparison_holds_or_not(answer, operator, value, expected):
    answers = {} if answer is None else {"a": answer}

    assert holds(condition(operator, value), answers) is expected


def test_all_or_any_must_hold():
    tests = [
        {"question": "a", "operator": "is", "value": "1"},
        {"question": "b", "operator": "is", "value": "2"},
    ]

    assert not holds({"join": "all", "tests": tests}, {"a": "1"})
    assert holds({"join": "any", "tests": tests}, {"a": "1"})
    assert holds({"join": "all", "tests": tests}, {"a": "1", "b": "2"})
    assert holds({"join": "any", "tests": []}, {})
    assert holds(None, {})


@given(ANSWERS, st.sampled_from(OPERATORS), st.text(max_size=20))
def test_any_answer_can_be_compared_with_anything(answer, operator, value):
    assert holds(condition(operator, value), {"a": answer}) in {True, False}


@given(ANSWERS, st.text(max_size=20))
def test_an_answer_is_something_or_is_not(answer, value):
    answers = {"a": answer}

    assert holds(condition("is", value), answers) is not holds(
        condition("is_not", value), answers
    )


def item(name, kind="yes_no", **more):
    return {"id": name, "kind": kind, **more}


def test_what_is_not_asked_leads_to_nothing():
    content = {
        "questions": [
            item("a"),
            item("b", condition=condition("is", "Yes", question="a")),
            item("c", condition=condition("is", "Yes", question="b")),
        ]
    }

    def met(**answers):
        return [each["id"] for each in visible(content, answers)]

    assert met(a="Yes", b="Yes") == ["a", "b", "c"]
    assert met(a="No", b="Yes") == ["a"]


def test_a_step_that_is_not_met_hides_all_that_is_in_it():
    content = {
        "questions": [
            item("s", "step"),
            item("a"),
            item("t", "step", condition=condition("is", "Yes", question="a")),
            item("b"),
            item("u", "step"),
            item("c", condition=condition("is", "Yes", question="b")),
        ]
    }

    shown = [each["id"] for each in visible(content, {"a": "No", "b": "Yes"})]

    assert shown == ["s", "a", "u"]
