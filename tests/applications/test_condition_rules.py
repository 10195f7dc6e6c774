"""What a condition may compare an answer with, by the kind of the question."""

import pytest

from applications.conditions import visible
from applications.definitions import frozen
from applications.models.pages import ApplicationFormPage
from core.publishing import gate
from tests.helpers.factories_applications import question
from tests.helpers.factories_steps import block, only_if

pytestmark = pytest.mark.django_db

ASKED = "Where?"


def page_of(kind, operator, value="", **more):
    asked = {
        "type": kind,
        "id": "0e6a4d51-0000-0000-0000-000000000001",
        "value": {"label": ASKED, "required": True, **more},
    }
    condition = only_if(ASKED, operator, value)
    page = ApplicationFormPage(
        title="Apply", slug="apply", purpose="To decide.", retention_months=6
    )
    page.questions = page._meta.get_field("questions").stream_block.to_python(
        [block("step", "Here"), asked, question("telephone", condition=condition)]
    )
    return page


def problems(*args, **more):
    found = gate.publishing_problems(page_of(*args, **more))
    return {problem.code: problem.sentence for problem in found}


def is_asked(answer, *args):
    content = frozen(page_of(*args))
    asked = content["questions"][1]["id"]
    return content["questions"][2] in visible(content, {asked: answer})


@pytest.mark.parametrize("name", ["Portugal", " portugal", "PT", "pt"])
def test_a_country_is_compared_by_its_name_or_code(name):
    assert problems("country", "is", name) == {}
    assert is_asked("PT", "country", "is", name)
    assert not is_asked("ES", "country", "is", name)
    assert is_asked("ES", "country", "is_not", name)


def test_an_address_is_searched_for_a_country_or_a_town():
    lines = ["Rua 1", "", "Porto", "", "PT"]

    assert problems("address", "contains", "Portugal") == {}
    assert is_asked(lines, "address", "contains", "Portugal")
    assert is_asked(lines, "address", "contains", "porto")
    assert not is_asked(lines, "address", "contains", "Spain")


@pytest.mark.parametrize(
    ("kind", "operator", "value", "sentence"),
    [
        ("country", "is", "Atlantis", "no country that “Where?” offers"),
        ("country", "is", "", "no country"),
        ("country", "more", "Portugal", "in an order"),
        ("address", "is", "Porto", "as a whole"),
        ("address", "is_not", "Porto", "as a whole"),
        ("file", "contains", "letter", "Choose “is answered”"),
        ("file", "is", "letter", "Choose “is answered”"),
        ("date", "more", "last year", "is no date"),
        ("date", "is", "31.1.2026", "is no date"),
        ("date", "less", "2026-02-30", "is no date"),
        ("number", "more", "ten", "is no number"),
        ("number", "is", "1e3", "is no number"),
    ],
)
def test_what_no_answer_fulfils_is_refused(kind, operator, value, sentence):
    assert sentence in problems(kind, operator, value)["condition-on-no-choice"]


@pytest.mark.parametrize(
    ("kind", "operator", "value"),
    [
        ("country", "answered", ""),
        ("address", "answered", ""),
        ("date", "answered", ""),
        ("date", "more", "2026-01-31"),
        ("date", "less", "2026"),
        ("number", "answered", ""),
        ("number", "less", "-1.5"),
        ("email", "contains", "@example.org"),
    ],
)
def test_what_an_answer_fulfils_passes(kind, operator, value):
    assert problems(kind, operator, value) == {}


def test_a_number_that_the_question_does_not_take_is_never_reached():
    limits = {"minimum": "1950", "maximum": "2030"}

    assert "step-nobody-reaches" in problems("number", "more", "2030", **limits)
    assert "step-nobody-reaches" in problems("number", "is", "3", **limits)
    assert "step-nobody-reaches" in problems("number", "is", "2000.5", **limits)
    assert problems("number", "is", "2030", **limits) == {}
    assert problems("number", "less", "3000", **limits) == {}
