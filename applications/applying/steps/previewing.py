"""Walks the steps of a form that is being composed, and stores nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from applications.applying.steps import beginning
from applications.applying.steps.drawing import draw_exit, draw_review, draw_step
from applications.applying.steps.filling import Filling
from applications.applying.steps.route import REVIEW, Step, steps_of
from applications.definitions import EXIT, asked, frozen, is_in_steps
from applications.models.definitions import FormDefinition


def modes(page: Any) -> list[tuple[str, str]]:
    """Return the pages of a form that can be previewed, as (mode, name)."""
    begins = [("", gettext("The page"))]
    content = frozen(page)
    if not is_in_steps(content):
        return begins
    return [
        *begins,
        *((place.address, place.item["title"]) for place in _places(content)),
        (REVIEW, gettext("Check your answers")),
    ]


def serve(
    page: Any, request: HttpRequest, content: dict[str, Any], mode: str
) -> HttpResponse:
    """Draw one page of the form, in which nothing can be sent.

    Every question of a step is shown, whatever it depends on.
    """
    definition = FormDefinition(page=page, number=0, content=content)
    filling = Filling(page, "/", definition)
    filling.route.show_also(content["questions"])
    if mode == REVIEW:
        filling.route.answers.update({q["id"]: "" for q in asked(content)})
        return draw_review(filling, request)
    for place in _places(content):
        if place.address == mode:
            draw = draw_exit if place.item["kind"] == EXIT else draw_step
            return draw(filling, request, place)
    return beginning.draw(page, request, filling)


def _places(content: dict[str, Any]) -> list[Step]:
    exits = [item for item in content["questions"] if item["kind"] == EXIT]
    return [
        *steps_of(content),
        *(Step(number, item) for number, item in enumerate(exits, start=1)),
    ]
