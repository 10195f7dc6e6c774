"""Draws the form of one page, empty or as it was filled in."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext

from applications.applying.entered import finding
from applications.applying.forms import HONEYPOT, TOKEN, ApplicationForm
from applications.applying.opening import closure_shown
from applications.applying.tokens import FormToken
from applications.models.definitions import FormDefinition
from core.views.private import keep_private


class Received(NamedTuple):
    """What was posted: the form with its answers, and its token if that is valid."""

    definition: FormDefinition
    form: ApplicationForm
    token: FormToken | None


def show_again(
    page: Any,
    request: HttpRequest,
    received: Received,
    notice: str | Promise = "",
    status: int = 422,
) -> HttpResponse:
    """Draw it with what was received, and a sentence about that."""
    token = received.token or FormToken.new(received.definition.pk)
    return show(page, request, received.form, token, notice, status)


def show(
    page: Any,
    request: HttpRequest,
    form: ApplicationForm | None = None,
    token: FormToken | None = None,
    notice: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    """Draw the page with ``form``, or without one."""
    is_preview = getattr(request, "is_preview", False)
    is_told = form is None or is_preview
    context = page.get_context(request)
    context |= {
        "form": form,
        "entry": finding.find(request),
        # Who sends a form that they have had is not told that others cannot.
        "closure": closure_shown(page, request) if is_told else "",
        "form_token": str(token or ""),
        "form_token_name": TOKEN,
        "honeypot_name": HONEYPOT,
        "notice": notice,
        "is_preview": is_preview,
    }
    if form is not None and form.errors:
        page.seo_title = gettext("Error: {title}").format(
            title=page.seo_title or page.title
        )
    template = page.get_template(request)
    return keep_private(TemplateResponse(request, template, context, status=status))
