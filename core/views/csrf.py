"""The answer to a form whose CSRF token has expired or is missing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.csrf import csrf_failure as stock_csrf_failure
from wagtail import hooks
from wagtail.models import Page, Site


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
        return chain(page, request, [], {})
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
        return None
    return page.specific
