"""Middleware of this app."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

from seo.crawling.asking import NOT_WELCOME
from seo.crawling.robots_txt.models import RobotsTxt

GetResponse = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Robots-Tag"


def turn_search_engines_away(get_response: GetResponse) -> GetResponse:
    """Send ``noindex`` where search engines are unwelcome: everywhere, or in places.

    robots.txt would keep them from reading it, and not from listing the address.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not settings.SEARCH_ENGINES_ALLOWED:
            response.headers[HEADER] = NOT_WELCOME
        elif _is_left_out(request):
            response.headers.setdefault(HEADER, "noindex")
        return response

    return middleware


def _is_left_out(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is not None and match.view_name == "wagtail_serve":
        return False  # a page says so itself
    if match is not None and match.view_name == "wagtaildocs_serve":
        return not _documents_in_results(request)
    return request.path.startswith(tuple(settings.NOINDEX_PATHS))


def _documents_in_results(request: HttpRequest) -> bool:
    site = Site.find_for_request(request)
    found = RobotsTxt.objects.filter(site=site).first() if site else None
    return found is None or found.documents_in_results
