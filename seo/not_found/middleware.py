"""Counts what was not found."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path
from wagtail.models import Site
from wagtail.views import serve

from seo.links.asking import IS_OUR_OWN
from seo.not_found.counting import count
from seo.redirects.leaving import leaves_no_trace
from seo.redirects.resolving import is_read_at

GetResponse = Callable[[HttpRequest], HttpResponse]


def log_not_found(get_response: GetResponse) -> GetResponse:
    """Count answers that found no page, once redirects were looked for.

    Only those for addresses of pages: what a view of its own does not find, such as a
    link that has run out, is known by its address alone, and that is somebody's. Nor
    those of pages of which nothing is kept: their addresses may name somebody.
    Nor those of pages that are there and have nothing for a query, such as ?page=99.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if (
            response.status_code == HTTPStatus.NOT_FOUND
            and request.method in {"GET", "HEAD"}
            and settings.NOT_FOUND_DAYS
            and IS_OUR_OWN not in request.META
            and _is_for_a_page(request)
        ):
            site = Site.find_for_request(request)
            # As redirects look for it: %2500 is no zero byte.
            path = escape_uri_path(request.path_info)
            if site is None or not (
                leaves_no_trace(site, path) or is_read_at(site, path)
            ):
                agent = request.headers.get("user-agent", "")
                count(request.path_info, site.pk if site else None, agent)
        return response

    return middleware


def _is_for_a_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is None or match.func is serve
