"""Finds the site and the page of a request, and the pages above one.

Wagtail asks the database for the site, for its front page, and for each step of an
address. Here the site is worked out once per generation, and one query finds a page.
"""

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from wagtail.models import Page, Site, get_page_models
from wagtail.models.sites import get_site_for_hostname
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from core.querysets import is_published
from delivery.once import once_per_generation
from seo.crawling.inheriting import with_rules

# As many as anybody's pages are deep; of a longer address Wagtail takes the first step.
_MOST_STEPS = 12
# The slug has an index.
_DEEPEST = (
    "SELECT id, content_type_id, url_path FROM wagtailcore_page "
    "WHERE slug IN ({0}) AND url_path IN ({0}) ORDER BY depth DESC LIMIT 1"
)


class RoutingMiddleware:
    """Notes site and route of a page where Wagtail would note them.

    ``_wagtail_site`` and ``_wagtail_route_for_request`` are named in the docstrings of
    `Site.find_for_request` and `Page.route_for_request` alone; a test in
    tests/core/test_upstream.py fails once they are read no more. What is not found here
    Wagtail looks for itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: tuple[str, ...], kwargs: dict[str, str]
    ) -> None:
        if view is not serve:
            return
        (path,) = (*args, *kwargs.values())
        request._wagtail_site = site = _site_of(request)
        if site and (found := _route(request, site, path)):
            request._wagtail_route_for_request = found


def _site_of(request: Any) -> Site | None:
    hostname = split_domain_port(request._get_raw_host())[0]
    port = str(request.get_port())
    known = _known_hosts()
    # What no site has is asked about by one name: visitors may send any.
    if (hostname, port) not in known:
        port = ""
        if hostname not in {name for name, _ in known}:
            hostname = ""
    site = _site_at(hostname, port)
    if site is not None:
        # Wagtail fills them in, and what is shared by requests must stay as it is.
        site = copy.copy(site)
        site.root_page = copy.copy(site.root_page)
    return site


@once_per_generation
def _known_hosts() -> frozenset[tuple[str, str]]:
    hosts = Site.objects.order_by().values_list("hostname", "port")
    return frozenset((name, str(port)) for name, port in hosts)


@once_per_generation
def _site_at(hostname: str, port: str) -> Site | None:
    try:
        return get_site_for_hostname(hostname, port or None)
    except Site.DoesNotExist:
        return None


def _route(request: HttpRequest, site: Site, path: str) -> RouteResult | None:
    """Return what the deepest page along ``path`` makes of the steps beneath it."""
    steps = [step for step in path.split("/") if step]
    if len(steps) > _MOST_STEPS:
        return None
    page, deep = _deepest(site, steps)
    try:
        return page.route(request, steps[deep:]) if page else None
    except Http404:
        return None


def _deepest(site: Site, steps: list[str]) -> tuple[Any, int]:
    """Return the page that the most ``steps`` lead to, and their number."""
    root = site.root_page
    if not steps:
        return root.specific, 0
    paths = [root.url_path]
    for step in steps:
        paths.append(f"{paths[-1]}{step}/")
    # Asked by every request, so that it is not put together by each.
    places = ", ".join(["%s"] * len(steps))
    with connection.cursor() as cursor:
        cursor.execute(_DEEPEST.format(places), [*steps, *paths[1:]])
        found = cursor.fetchone()
    if found is None:
        return None, 0
    pk, kind, url_path = found
    model = ContentType.objects.get_for_id(kind).model_class()
    page = (
        next(iter(model._default_manager.filter(pk=pk).order_by()), None)
        if model
        else None
    )
    return page, paths.index(url_path)


@once_per_generation
def pages_above(path: str) -> tuple[Page, ...]:
    """Return the page at a path of the tree and those above it, the highest first.

    As plain pages with their rules for crawlers and ``name_in_trails``, shared by
    requests.
    """
    step = Page.steplen
    paths = [path[:end] for end in range(step, len(path) + 1, step)]
    found = with_rules(Page.objects.filter(path__in=paths)).order_by("path")
    return tuple(found.annotate(name_in_trails=_name_in_trails()))


@cache
def _name_in_trails() -> Coalesce:
    """Return the breadcrumb title that a page of whichever type has, or its title."""
    own = [
        NullIf(F(f"{each._meta.model_name}__breadcrumb_title"), Value(""))
        for each in get_page_models()
        if hasattr(each, "breadcrumb_title")
    ]
    return Coalesce(*own, "title", output_field=TextField())


def above(page: Any) -> tuple[Page, ...]:
    """Return the pages above ``page``, the highest first."""
    return pages_above(page.path[: -Page.steplen])


def trail(page: Any) -> list[dict[str, str]]:
    """Return ``{"title", "url"}`` of each page from the front page down to ``page``.

    Without those that are not published. ``page`` itself is the last, which is only in
    the markup. Nothing for the front page, and outside any site.
    """
    roots = [root.root_path for root in Site.get_site_root_paths()]
    root = next((root for root in roots if page.url_path.startswith(root)), None)
    if root is None or page.url_path == root:
        return []
    shown = [
        each
        for each in above(page)
        if is_published(each) and each.url_path.startswith(root)
    ]
    named = [(each.name_in_trails, each) for each in shown]
    own = page.breadcrumb_title or page.title
    return [
        {"title": name, "url": each.get_url() or ""}
        for name, each in (*named, (own, page))
    ]
