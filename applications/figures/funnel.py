"""A form's numbers for staff, made too coarse to tell of one person.

Whoever knows who called on a day must not read from a number which exit that caller
met. So periods are whole weeks that are over, numbers are rounded to fives, and fewer
than five are not told from none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext

from applications.definitions import EXIT, STEP
from applications.models.counts import FormCount
from applications.models.definitions import FormDefinition

LEAST = 5
REVIEW = "review"
_Kind = FormCount.Kind


@dataclass(frozen=True)
class Stage:
    """How many got somewhere, and how many of them no further; 0: fewer than `LEAST`.

    Args:
        title: Of the step.
        reached: How many.
        left: How many of them had not finished it by the end of the period; None where
            nobody can leave.
        share: ``reached`` in hundredths of the largest stage.
    """

    title: str
    reached: int
    left: int | None = None
    share: int = 0


@dataclass(frozen=True)
class Stop:
    """How many were led to an exit, and how many of them did not go on."""

    title: str
    shown: int
    stopped: int


@dataclass(frozen=True)
class Funnel:
    stages: list[Stage]
    stops: list[Stop]


def coarse(number: int) -> int:
    """Return a number rounded to the nearest five, 0 below five."""
    return (number + 2) // LEAST * LEAST if number >= LEAST else 0


def whole_weeks(number: int) -> tuple[date, date]:
    """Return the first and the last day of the last weeks that are over."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(weeks=number), monday - timedelta(days=1)


def funnel(form: Any, since: date, until: date) -> Funnel:
    """Return what happened to a form from one day to another, both included."""
    sums = (
        FormCount.objects.filter(form=form, day__gte=since, day__lte=until)
        .values_list("kind", "step")
        .annotate(Sum("count"))
    )
    numbers = {(kind, step): coarse(number) for kind, step, number in sums}

    def of(kind: str, step: str = "") -> int:
        return numbers.get((kind, step), 0)

    steps, exits = _titles(form, {step for _kind, step in numbers})
    stages = [Stage(gettext("Begun"), of(_Kind.STARTED))]
    for step, title in steps.items():
        reached = of(_Kind.REACHED, step)
        left = max(reached - of(_Kind.FINISHED, step), 0)
        stages.append(Stage(title, reached, left))
    if steps:
        reached = of(_Kind.REACHED, REVIEW)
        left = max(reached - of(_Kind.SENT), 0)
        stages.append(Stage(gettext("Check your answers"), reached, left))
    stages.append(Stage(gettext("Sent"), of(_Kind.SENT)))
    stops = [
        Stop(
            title,
            of(_Kind.EXIT, step),
            max(of(_Kind.EXIT, step) - of(_Kind.PASSED, step), 0),
        )
        for step, title in exits.items()
    ]
    return Funnel(_with_shares(stages), stops)


def _with_shares(stages: list[Stage]) -> list[Stage]:
    largest = max((stage.reached for stage in stages), default=0) or 1
    return [
        Stage(each.title, each.reached, each.left, each.reached * 100 // largest)
        for each in stages
    ]


def _titles(form: Any, counted: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return titles of steps and exits by id: today's, then former ones' if counted."""
    steps: dict[str, str] = {}
    exits: dict[str, str] = {}
    is_latest = True
    definitions: Iterable[FormDefinition] = form.definitions.order_by("-number")
    for definition in definitions:
        for item in _with_first_step(definition.content["questions"]):
            titles = {STEP: steps, EXIT: exits}.get(item["kind"])
            if titles is not None and (is_latest or item["id"] in counted):
                titles.setdefault(item["id"], item["title"] or gettext("First step"))
        is_latest = False
        if counted <= {"", REVIEW, *steps, *exits}:
            break
    return steps, exits


def _with_first_step(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kinds = {item["kind"] for item in items}
    conditions = any(item.get("condition") for item in items)
    if not conditions and not kinds & {STEP, EXIT}:
        return items  # a form of one page
    if items[0]["kind"] == STEP:
        return items
    return [{"kind": STEP, "id": "beginning", "title": ""}, *items]
