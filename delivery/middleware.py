"""Marks what the store may keep, and says how long others may."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.views import serve

from delivery.addresses import is_for_all
from delivery.once import scope

PAGE = "delivery.page"  # in the WSGI environment: a published page was asked for

_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
# Kept, and asked for again before it is shown, which costs 304 and no content.
_REVALIDATE = "no-cache"
_PERSONAL = "private, no-cache"
# A flood of wrong addresses ends at a shared cache.
_BRIEFLY = "max-age=0, s-maxage=60"


class DeliveryMiddleware:
    """Says in Cache-Control how an answer may be kept, unless its view did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A scope of its own where no store stands before the site.
        with scope(None):
            response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = _cache_control(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> None:
        if view is serve:
            request.META[PAGE] = True


def never_store(request: HttpRequest) -> None:
    """Keep the answer to a request out of the store, whatever its headers say."""
    request.META.pop(PAGE, None)


def _cache_control(request: HttpRequest, response: HttpResponse) -> str:
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "no-store"
    if response.cookies or not is_for_all(request.META) or request.method == "POST":
        return _PERSONAL
    return _BRIEFLY if response.status_code in _GONE else _REVALIDATE
