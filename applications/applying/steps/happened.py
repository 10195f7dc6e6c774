"""What a post did to a form, for its figures: once a draft, and never a program's.

What staff type in counts nowhere: figures are of how applicants fare.
"""

from django.http import HttpRequest

from applications.applying.forms import HONEYPOT
from applications.applying.steps.filling import Filling
from applications.applying.steps.route import REVIEW, Step
from applications.definitions import EXIT
from applications.figures import funnel
from applications.figures.counting import Event, mark, uncounted
from applications.models.counts import FormCount

_Kind = FormCount.Kind


def after_step(
    filling: Filling, request: HttpRequest, step: Step, address: str
) -> list[Event]:
    """Return what happened with a step that was filled in and leads to ``address``.

    Args:
        filling: With what was typed.
        request: What fills in the hidden field counts nowhere.
        step: That was filled in.
        address: "" of somebody who went back.
    """
    events: list[Event] = [(_Kind.STARTED, ""), (_Kind.REACHED, step.item["id"])]
    if filling.route.is_done(step):
        events.append((_Kind.FINISHED, step.item["id"]))
    return _new(filling, request, [*events, *_reached(filling, address)])


def after_exit(filling: Filling, request: HttpRequest, place: Step) -> list[Event]:
    """Return what happened with an exit that somebody has passed."""
    address = filling.route.next_address
    passed = (_Kind.PASSED, place.item["id"])
    return _new(filling, request, [passed, *_reached(filling, address)])


def marks(events: list[Event]) -> dict[str, bool]:
    """Return what is kept with what was typed, so that nothing is counted again."""
    return {mark(event): True for event in events}


def _reached(filling: Filling, address: str) -> list[Event]:
    if address == REVIEW:
        return [(_Kind.REACHED, funnel.REVIEW)]
    return [
        (_Kind.EXIT if place.item["kind"] == EXIT else _Kind.REACHED, place.item["id"])
        for place in filling.route.places
        if place.address == address
    ]


def _new(filling: Filling, request: HttpRequest, events: list[Event]) -> list[Event]:
    if filling.is_entered or request.POST.get(HONEYPOT):
        return []
    # Where a step leads to itself it stands there twice.
    return uncounted(filling.typed, dict.fromkeys(events))
