"""The 503 page while the database is unavailable; it makes no query."""

import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.views.defaults import server_error as stock_server_error

from core.database import is_gone

RETRY_AFTER = 60  # seconds

# Returns the page for what was posted, None when the post is not the app's own.
GiveBack = Callable[[HttpRequest], HttpResponse | None]

_givers: list[GiveBack] = []


def gives_back(giver: GiveBack) -> GiveBack:
    """Register a function that shows posted data again; a decorator."""
    _givers.append(giver)
    return giver


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error that nothing has caught (``handler500``).

    Django calls it wherever the error was raised: in a view, in a template, or in a
    middleware before any view is known.
    """
    if not is_gone(sys.exception()):
        return stock_server_error(request)
    if request.method == "POST" and _is_readable(request):
        for giver in _givers:
            if response := giver(request):
                return response
    return unavailable("503.html", {"posted": request.method == "POST"})


def unavailable(template: str, context: dict[str, Any]) -> HttpResponse:
    """Return the 503 page, with ``Retry-After``.

    It is drawn without the request, so that no context processor runs.
    """
    return HttpResponse(
        render_to_string(template, context),
        status=503,
        headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"},
    )


def _is_readable(request: HttpRequest) -> bool:
    """Read the posted data, which may be truncated or too large."""
    try:
        return bool(request.POST)
    except (OSError, MultiPartParserError, SuspiciousOperation):
        return False
