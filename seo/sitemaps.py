"""The sitemap."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

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


if TYPE_CHECKING:
    _Sitemap = Sitemap[Any]
else:
    _Sitemap = Sitemap  # not generic when it runs


class PageSitemap(_Sitemap):
    """The sitemap of one page type."""

    limit = ENTRIES_PER_FILE

    def __init__(self, model: type[Any], request: HttpRequest, listed: Any) -> None:
        self.model = model
        self.request = request
        self.listed = listed

    @cached_property
    def entries(self) -> list[dict[str, Any]]:
        """All entries, from one query."""
        pages = self.model.in_sitemap(self.model.objects.filter(pk__in=self.listed))
        return [
            entry
            for page in pages.order_by("path").defer_streamfields()
            for entry in page.get_sitemap_urls(self.request)
        ]

    @property
    def paginator(self) -> Paginator[dict[str, Any]]:
        return Paginator(self.entries, self.limit)

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        entries = list(self.paginator.page(page).object_list)
        if entries and (latest := self.get_latest_lastmod()):
            self.latest_lastmod = latest
        return entries

    def get_latest_lastmod(self) -> Any:
        """Return the latest change, None unless every entry has a date."""
        dates = [entry["lastmod"] for entry in self.entries]
        return max(dates) if dates and all(dates) else None


def sections(request: HttpRequest) -> dict[str, PageSitemap]:
    """Return the non-empty sitemaps of the request's site, by page type."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    listed = readers.pages().shown().originals()
    listed = listed.descendant_of(site.root_page, inclusive=True)
    maps = {
        model._meta.model_name: PageSitemap(model, request, listed.values("pk"))
        for model in get_page_models()
        if issubclass(model, MetadataMixin)
    }
    return {name: sitemap for name, sitemap in maps.items() if sitemap.entries}


@require_safe
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """Answer with the sitemap, a section of it, or an index when it is too long."""
    maps = sections(request)
    if (
        section is None
        and sum(len(m.entries) for m in maps.values()) > ENTRIES_PER_FILE
    ):
        return _index(request, maps)
    if section is not None and section not in maps:
        raise Http404("There is no such section of the sitemap.")
    answer: HttpResponse = views.sitemap(request, {**maps}, section=section)
    return answer


def _index(request: HttpRequest, maps: dict[str, PageSitemap]) -> HttpResponse:
    """List the sections at the site's own address, whatever the request's host."""
    site = Site.find_for_request(request)
    parts = [
        views.SitemapIndexItem(
            f"{site.root_url}{reverse('seo:sitemap_section', args=[name])}"
            + (f"?p={number}" if number > 1 else ""),
            part.get_latest_lastmod(),
        )
        for name, part in maps.items()
        for number in part.paginator.page_range
    ]
    return TemplateResponse(
        request,
        "sitemap_index.xml",
        {"sitemaps": parts},
        content_type="application/xml",
    )
