"""The sitemap."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Site, get_page_models

from seo import readers
from seo.models import MetadataMixin

ENTRIES_PER_FILE = 10_000  # the protocol allows 50,000 or 50 MB
PAGES_AT_ONCE = 500  # in memory


if TYPE_CHECKING:
    _Sitemap = Sitemap[Any]
else:
    _Sitemap = Sitemap  # not generic when it runs


class PageSitemap(_Sitemap):
    """The sitemap of one page type, of which only the part asked for is built."""

    limit = ENTRIES_PER_FILE

    def __init__(self, model: type[Any], request: HttpRequest, listed: Any) -> None:
        self.model = model
        self.request = request
        self.listed = listed

    @cached_property
    def pages(self) -> Any:
        pages = self.model.in_sitemap(self.model.objects.filter(pk__in=self.listed))
        return pages.order_by("path").defer_streamfields()

    @property
    def paginator(self) -> Paginator[Any]:
        return Paginator(self.pages, self.limit)

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        entries = self.first_part if page == 1 else self.part(page)
        if latest := _latest(entries):
            self.latest_lastmod = latest
        return entries

    @cached_property
    def first_part(self) -> list[dict[str, Any]]:
        return self._entries(self.pages[: self.limit])

    def part(self, number: int | str) -> list[dict[str, Any]]:
        return self._entries(self.paginator.page(number).object_list)

    def _entries(self, pages: Any) -> list[dict[str, Any]]:
        return [
            entry
            for page in pages.iterator(chunk_size=PAGES_AT_ONCE)
            for entry in page.get_sitemap_urls(self.request)
        ]


def _latest(entries: list[dict[str, Any]]) -> datetime | None:
    """Return the latest change, None unless every entry has a date."""
    dates = [entry["lastmod"] for entry in entries]
    return max(dates) if dates and all(dates) else None


def sections(site: Site, request: HttpRequest) -> dict[str, PageSitemap]:
    """Return the sitemaps of a site, by page type; some may be empty."""
    listed = _listed(site).values("pk")
    return {
        model._meta.model_name: PageSitemap(model, request, listed)
        for model in get_page_models()
        if issubclass(model, MetadataMixin)
    }


def _listed(site: Site) -> Any:
    listed = readers.pages().shown().originals()
    return listed.descendant_of(site.root_page, inclusive=True)


@require_safe
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """Answer with the sitemap, a section of it, or an index when it is too long."""
    site = Site.find_for_request(request)
    maps = sections(site, request) if site else {}
    if section is not None and not (section in maps and maps[section].pages.exists()):
        raise Http404("There is no such section of the sitemap.")
    if site and section is None and _listed(site).count() > ENTRIES_PER_FILE:
        return _index(request, site, maps)
    if section is None:
        # An empty one has no date, which would leave all of them without.
        maps = {name: each for name, each in maps.items() if each.first_part}
    answer: HttpResponse = views.sitemap(request, {**maps}, section=section)
    return answer


def _index(
    request: HttpRequest, site: Site, maps: dict[str, PageSitemap]
) -> HttpResponse:
    """List the parts at the site's own address, whatever the request's host.

    Each is built once to know of its last change, and dropped before the next.
    """
    parts = [
        views.SitemapIndexItem(
            f"{site.root_url}{reverse('seo:sitemap_section', args=[name])}"
            + (f"?p={number}" if number > 1 else ""),
            cast(Any, _latest(entries)),  # Django's own stubs say bool
        )
        for name, part in maps.items()
        for number in part.paginator.page_range
        if (entries := part.part(number))
    ]
    return TemplateResponse(
        request,
        "sitemap_index.xml",
        {"sitemaps": parts},
        content_type="application/xml",
    )
