"""The page in front of the first step: begins, goes on, or clears what was typed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise

from applications.applying.entered import finding
from applications.applying.gone import answer_gone
from applications.applying.notices import CALLED_FOR, called_for
from applications.applying.opening import closure_shown
from applications.applying.steps import drafts, precheck
from applications.applying.steps import filling as fillings
from applications.applying.steps.drawing import draw_clear
from applications.applying.steps.filling import Filling
from applications.applying.steps.stepping import to
from applications.definitions import is_in_steps
from core.views.private import keep_private


def is_begun(page: Any, request: HttpRequest) -> bool:
    """Return whether this browser goes on with steps, also such as were before."""
    names = {drafts.COOKIE, precheck.COOKIE, finding.COOKIE}
    if not names & request.COOKIES.keys():
        return False
    filling = fillings.find(page, request)
    return bool(
        filling and filling.is_begun and is_in_steps(filling.definition.content)
    )


def serve(
    page: Any, request: HttpRequest, notice: str | Promise = "", status: int = 200
) -> HttpResponse:
    """Show the page's text and where the form begins, or goes on."""
    filling = fillings.find(page, request)
    return draw(page, request, filling, notice or called_for(request, filling), status)


def draw(
    page: Any,
    request: HttpRequest,
    filling: Filling | None,
    notice: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the page, with a link to where the form begins or goes on."""
    context = page.get_context(request) | {
        "filling": filling,
        "closure": closure_shown(page, request),
        "notice": notice,
        "is_preview": getattr(request, "is_preview", False),
    }
    template = page.get_template(request)
    return keep_private(TemplateResponse(request, template, context, status=status))


def serve_clear(page: Any, request: HttpRequest) -> HttpResponse:
    """Say what goes, and delete it after a post."""
    filling = fillings.find(page, request)
    if filling is None or not filling.is_begun:
        # Who only asks may have answers that this address knows nothing of.
        notice = "cleared" if request.method == "POST" else ""
        return to(page, request, "", notice=notice)
    if request.method != "POST":
        return draw_clear(filling, request)
    response: HttpResponse
    if filling.is_entered:
        response = keep_private(redirect("application:enter"))
    elif filling.is_for_others_no_more:
        response = answer_gone(request, CALLED_FOR["cleared"], 200)
    else:
        response = to(page, request, "", notice="cleared")
    fillings.forget(filling, response)
    return response
