"""Application forms and what somebody fills them in with, all of it in Cyrillic."""

from tests.helpers.factories_applications import filled_in as filled_in_english
from tests.helpers.factories_applications import questions
from tests.helpers.pseudo_locale import content


def questions_in_cyrillic():
    """Return raw stream data: one question of each kind."""
    return [{**asked, "value": in_cyrillic(asked["value"])} for asked in questions()]


def filled_in(form, **changes):
    """Return what a browser posts for the form, every answer in Cyrillic."""
    answers = {
        "short_text": content("Ada"),
        "long_text": content("None"),
        "single_choice": content("Not far"),
        "multiple_choice": [content("Infection")],
    }
    return filled_in_english(form, **answers | changes)


def in_cyrillic(value):
    """Return a question with what applicants read of it as an editor would write it."""
    read = {"label", "help_text", "reason"}
    value = {k: content(v) if k in read else v for k, v in value.items()}
    if "choices" in value:
        value["choices"] = [content(choice) for choice in value["choices"]]
    return value
