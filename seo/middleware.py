"""Middleware of this app."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def turn_search_engines_away(get_response: GetResponse) -> GetResponse:
    """Send ``noindex`` with every answer where search engines are unwelcome.

    robots.txt alone keeps them from reading a page, not from listing its address.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not settings.SEARCH_ENGINES_ALLOWED:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return middleware
