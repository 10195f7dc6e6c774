"""What keeps a form in steps from going live."""

import pytest

from applications.models.pages import ApplicationFormPage
from tests.helpers.factories_applications import problems_of, question
from tests.helpers.factories_steps import block, in_steps, only_if

pytestmark = pytest.mark.django_db

ANSWER = "E-mail address"
HERE = block("step", "Here")


def problems(asked):
    page = ApplicationFormPage(
        title="Apply", slug="apply", purpose="To decide.", retention_months=6
    )
    page.questions = page._meta.get_field("questions").stream_block.to_python(asked)
    return {problem.code: problem for problem in problems_of(page)}


def asked_if(condition, *before):
    return [HERE, *before, question("telephone", condition=condition)]


def test_a_form_in_steps_may_go_live():
    assert problems(in_steps()) == {}


@pytest.mark.parametrize(
    ("asked", "code", "sentence"),
    [
        (
            asked_if(only_if("Anything else?", "answered")),
            "condition-on-nothing",
            "which this form does not ask",
        ),
        (
            [*asked_if(only_if(ANSWER, "answered")), question("email")],
            "condition-on-nothing",
            "which is asked later",
        ),
        (
            asked_if(only_if("Telephone number", "answered")),
            "condition-on-nothing",
            "depends on itself",
        ),
        (
            asked_if(
                only_if("How far can you walk?", "is", "Miles"),
                question("single_choice"),
            ),
            "condition-on-no-choice",
            "which “How far can you walk?” does not offer",
        ),
        (
            asked_if(only_if(ANSWER, "is", ""), question("email")),
            "condition-on-no-choice",
            "does not offer",
        ),
        (
            [
                HERE,
                question("yes_no"),
                question(
                    "single_choice",
                    condition=only_if("Have you had a relapse?", "is", "Yes"),
                ),
                block(
                    "step",
                    "Nowhere",
                    condition={
                        "join": "all",
                        "tests": [
                            *only_if("Have you had a relapse?", "is", "No")["tests"],
                            *only_if("How far can you walk?", "is", "Far")["tests"],
                        ],
                    },
                ),
                question("email"),
            ],
            "step-nobody-reaches",
            "Nobody can reach “Nowhere”",
        ),
        (
            asked_if(
                {
                    "join": "all",
                    "tests": [
                        *only_if("In which year were you diagnosed?", "more", "9")[
                            "tests"
                        ],
                        *only_if("In which year were you diagnosed?", "less", "8")[
                            "tests"
                        ],
                    ],
                },
                question("number"),
            ),
            "step-nobody-reaches",
            "Nobody can reach “Telephone number”",
        ),
        (
            [question("email"), HERE, question("telephone")],
            "question-before-steps",
            "Put a step above it",
        ),
        (
            [HERE, question("email"), block("step", "Empty")],
            "step-without-questions",
            "“Empty” is empty",
        ),
        (
            [
                HERE,
                question("yes_no"),
                question(
                    "consent", condition=only_if("Have you had a relapse?", "answered")
                ),
            ],
            "consent-under-condition",
            "Everybody must be asked",
        ),
        (
            [HERE, question("long_text"), block("step", "Next"), question("consent")],
            "long-before-consent",
            "the browser keeps no long answers",
        ),
    ],
)
def test_is_told_in_words_what_is_wrong(asked, code, sentence):
    problem = problems(asked)[code]

    assert problem.level == "block"
    assert sentence in problem.sentence


def test_is_told_at_the_block():
    asked = asked_if(only_if("Anything else?", "answered"))

    assert problems(asked)["condition-on-nothing"].position == 1


def test_conditions_that_can_be_fulfilled_pass():
    number = "In which year were you diagnosed?"
    between = {
        "join": "all",
        "tests": [
            *only_if(number, "more", "2000")["tests"],
            *only_if(number, "less", "2002")["tests"],
        ],
    }

    assert problems(asked_if(between, question("number"))) == {}
    part = only_if("How far can you walk?", "contains", "not")
    assert problems(asked_if(part, question("single_choice"))) == {}
    boxes = only_if("Does any of these apply?", "contains", "Infection")
    assert problems(asked_if(boxes, question("multiple_choice"))) == {}
