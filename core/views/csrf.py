"""The answer to a form whose CSRF token has expired or is missing."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.csrf import csrf_failure as stock_csrf_failure
from wagtail import hooks
from wagtail.models import Page, Site

# Returns the page to which a post belongs whose address is no page's, None if it is not
# the app's own.
FindPage = Callable[[HttpRequest], Page | None]

# Answers a post whose page is gone, None if it is not the app's own.
AnswerGone = Callable[[HttpRequest], HttpResponse | None]

_finders: list[FindPage] = []
_answerers: list[AnswerGone] = []


def finds_page(finder: FindPage) -> None:
    """Register a function that finds the page of a post where none is any more."""
    if finder not in _finders:
        _finders.append(finder)


def answers_gone(answerer: AnswerGone) -> None:
    """Register a function that shows again what was posted to a page that is gone."""
    if answerer not in _answerers:
        _answerers.append(answerer)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Let the page show the posted form again, with a new token.

    A page type that takes posts defines ``serve_expired(request)``. What decides who
    may see the page is asked first, as when it is served.
    """
    page = _page_at(request)
    if hasattr(page, "serve_expired"):
        chain = _serve_expired
        for wrap in reversed(hooks.get_hooks("on_serve_page")):
            chain = wrap(chain)
        # It may be another by now than the one at which it was posted.
        with suppress(Http404):
            return chain(page, request, [], {})
    for answerer in _answerers:
        if gone := answerer(request):
            return gone
    response: HttpResponse = stock_csrf_failure(
        request, reason=reason, template_name="403_csrf.html"
    )
    return response


def _serve_expired(
    page: Any, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponse:
    response: HttpResponse = page.serve_expired(request)
    return response


def _page_at(request: HttpRequest) -> Any:
    site = Site.find_for_request(request)
    if site is None:
        return None
    parts = [part for part in request.path.split("/") if part]
    try:
        page: Page = site.root_page.specific.route(request, parts).page
    except Http404:
        return next((found for find in _finders if (found := find(request))), None)
    return page.specific
