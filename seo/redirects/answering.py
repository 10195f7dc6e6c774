"""Answers for old addresses, in place of Wagtail's own middleware.

Wagtail's leads to pages that are gone and round in circles, loses the query, and does
not know a path with spaces.
"""

from http import HTTPStatus
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.middleware.common import CommonMiddleware
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.deprecation import MiddlewareMixin
from django.utils.encoding import escape_uri_path
from wagtail.models import Site
from wagtail.views import serve

from seo.redirects.counting import count
from seo.redirects.resolving import Destination, Resolver, is_read_at
from seo.redirects.rules import with_query


class SlashMiddleware(CommonMiddleware):
    """Django's, which leaves it to `RedirectMiddleware` where pages stand.

    Every address with a slash could be a page's, so Django would add one to any, and
    most would answer 404 after it.
    """

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        may_add = super().should_redirect_with_slash(request)
        return bool(may_add) and not _is_for_pages(f"{request.path_info}/")


class RedirectMiddleware(MiddlewareMixin):
    """Answers from an old address with where it leads now, in one hop, or with 410."""

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        if response.status_code != HTTPStatus.NOT_FOUND or "\0" in request.path:
            return response
        if (site := Site.find_for_request(request)) is None:
            return response
        resolver = Resolver(request, site)
        path, query = escape_uri_path(request.path), request.META["QUERY_STRING"]
        may_lack_a_slash = not path.endswith("/") and _is_for_pages(
            f"{request.path_info}/"
        )
        # A page answers before any redirect does.
        if may_lack_a_slash and (found := resolver.where_page_stands(site, path)):
            return HttpResponsePermanentRedirect(with_query(found, query))
        # It has nothing for this query, such as a number past its last.
        if is_read_at(site, path):
            return response
        if (destination := resolver.destination(path, query)) is None:
            return response
        if destination.rule and request.method == "GET":
            count(destination.rule)
        return _answer(request, destination)


def _answer(request: HttpRequest, destination: Destination) -> HttpResponse:
    if not destination.url:
        return render(request, "410.html", status=HTTPStatus.GONE)
    kind: Any = (
        HttpResponsePermanentRedirect
        if destination.is_permanent
        else HttpResponseRedirect
    )
    answer: HttpResponse = kind(destination.url)
    return answer


def _is_for_pages(path: str) -> bool:
    try:
        return resolve(path).func is serve
    except Resolver404:
        return False
