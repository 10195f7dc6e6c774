"""Who may begin a form, and who may go on with it although nobody may begin it."""

from typing import Any

from django.http import HttpRequest

from applications.applying.entered import finding
from applications.applying.forms import TOKEN
from applications.applying.tokens import LONGEST, FormToken
from core.querysets import is_published


def is_open(page: Any) -> bool:
    """Return whether anybody who gets the page may begin the form."""
    return is_published(page) and not page.is_let_in and not page.closure


def admits(page: Any, request: HttpRequest) -> bool:
    """Return whether somebody who has stored nothing yet may fill the form in.

    Who posts a token less than a day old had the form before it was closed: no others
    are made since. Staff enter what came by telephone or on paper into any form.
    """
    token = FormToken.read(request.POST.get(TOKEN, ""))
    is_recent = token is not None and token.age < LONGEST
    return is_recent or finding.find(request) is not None or is_open(page)


def closure_shown(page: Any, request: HttpRequest) -> str:
    """Return why nobody may begin the form, without any counting for a preview."""
    if getattr(request, "is_preview", False):
        return str(page.uncounted_closure)
    return str(page.closure)
