"""Answers for old addresses, in place of Wagtail's own middleware.

Wagtail's leads to pages that are gone and round in circles, loses the query, and does
not know a path with spaces.
"""

from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseRedirectBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware as Stock
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from seo import readers

_MOST_STEPS = 10  # redirects that lead to one another


class RedirectMiddleware(Stock):
    """Redirects from an address that nothing answers, unless that helps nobody."""

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        if response.status_code != 404:
            return response
        asked = request.get_full_path()
        found, query = _redirect_from(request, asked)
        if found is None or _page_stands_at(request):
            return response
        target = target_of(found)
        if not target or leads_in_circles(request, target):
            return response
        kind: type[HttpResponseRedirectBase] = (
            HttpResponsePermanentRedirect
            if found.is_permanent
            else HttpResponseRedirect
        )
        return kind(_with_query(target, query))


def target_of(redirect: Redirect) -> str:
    """Return where ``redirect`` leads, "" when that is a page nobody can read."""
    page = redirect.redirect_page_id
    if page and not readers.pages().reachable().filter(pk=page).exists():
        return ""
    return redirect.link or ""


def leads_in_circles(request: HttpRequest, target: str) -> bool:
    """Return whether ``target`` leads back to the address that was asked for."""
    here = request.build_absolute_uri()
    seen = {_comparable(here)}
    for _step in range(_MOST_STEPS):
        target = urljoin(here, target)
        if urlsplit(target).hostname not in _hosts(request):
            return False
        if (address := _comparable(target)) in seen:
            return True
        seen.add(address)
        parts = urlsplit(target)
        onward, _query = _redirect_from(
            request, urlunsplit(("", "", parts.path, parts.query, ""))
        )
        # A page answers before any redirect does.
        if onward is None or _stands_at(request, parts.path):
            return False
        if not (target := target_of(onward)):
            return False
    return True


def _redirect_from(request: HttpRequest, address: str) -> tuple[Redirect | None, str]:
    """Return the redirect from an address, and the query that it has left over."""
    path = Redirect.normalise_path(address, decode_unicode=False)
    if found := get_redirect(request, path):
        return found, ""
    parts = urlsplit(address)
    bare = urlsplit(path).path
    for one in dict.fromkeys([bare, unquote(bare)]):
        if found := get_redirect(request, one):
            return found, parts.query
    return None, ""


def _page_stands_at(request: HttpRequest) -> bool:
    """Return whether a page is read there once a slash is added, as Django does."""
    return not request.path.endswith("/") and _stands_at(request, request.path)


def _stands_at(request: HttpRequest, path: str) -> bool:
    site = Site.find_for_request(request)
    if site is None:
        return False
    whole = f"{site.root_page.url_path}{unquote(path).strip('/')}/"
    found = readers.pages().reachable().filter(url_path=whole.replace("//", "/"))
    return bool(found.exists())


def _hosts(request: HttpRequest) -> set[str | None]:
    site = Site.find_for_request(request)
    own = urlsplit(request.build_absolute_uri()).hostname
    return {own, site.hostname if site else own}


def _comparable(address: str) -> str:
    parts = urlsplit(address)
    path = urlunsplit(("", "", parts.path, parts.query, ""))
    return unquote(str(Redirect.normalise_path(path)))


def _with_query(target: str, query: str) -> str:
    if not query:
        return target
    parts = urlsplit(target)
    together = "&".join(part for part in (parts.query, query) if part)
    return urlunsplit(parts._replace(query=together))
