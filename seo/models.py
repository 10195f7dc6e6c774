"""Metadata that every page type carries."""

from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtailseo.models import SeoMixin

from seo.crawling import canonical, inheriting, rules
from seo.crawling.fields import CrawlingMixin
from seo.crawling.panels import CRAWLING_PANELS, without_canonical
from seo.crawling.robots_txt.models import RobotsTxt, Verification
from seo.highwire import Citable

__all__ = ["SEARCH_PREVIEW", "MetadataMixin", "RobotsTxt", "Verification"]

SEARCH_PREVIEW = "wagtail-seo"


class MetadataMixin(CrawlingMixin, SeoMixin):
    """wagtail-seo's fields, and what search engines may do with the page.

    Only its fields, settings and preview mode are used; the head and the graph that
    readers and search engines get are rendered by this app (docs/architecture.md).

    A page type says what it is by overriding what is below; every default is safe:

    ``schema_type``
        What the page itself is to schema.org: "WebPage", "AboutPage", "CollectionPage",
        "ContactPage", "MedicalWebPage" or "ProfilePage".
    ``schema_main_entity``
        The fragment of the node that the page is chiefly about: "article" when
        `structured_data` returns a node whose id is ``node_id(page, "article")``.
    ``og_type``
        "website", "article" or "profile", for cards on social media.
    ``filter_parameters``
        Names of query parameters that narrow a list of the page. A narrowed list is no
        document of its own: its canonical address is the whole list's.
    ``lead_picture``
        The image that stands for the page where the editor chose no preview image.
    ``summary_text``, ``published_at``, ``modified_at``, ``breadcrumbs``
        See each. ``modified_at`` moves only on a change that readers should know of.
    ``structured_data()``
        The nodes that the page adds to the graph, made with `seo.schema`.
    ``citable``
        By whom and since when the page is published, where others may cite it as a
        work of its own (`seo.highwire`).
    ``schema_properties()``
        What the page adds to its own node, such as ``reviewedBy`` or ``about``.
    ``in_sitemap(pages)``
        Which pages of this type may be listed for search engines.

    Two variables of the template's context are heeded as well: ``robots`` (rules for
    this response, such as "noindex" on a page that thanks) and any Django paginator
    page (its number goes into title and canonical address).
    """

    schema_type = "WebPage"
    schema_main_entity = ""
    og_type = "website"
    filter_parameters: tuple[str, ...] = ()

    promote_panels = [*without_canonical(SeoMixin.seo_panels), *CRAWLING_PANELS]

    class Meta:
        abstract = True

    @property
    def robots(self) -> str:
        """The content of the robots meta tag, "" without restrictions."""
        return str(self.robots_rules)

    @property
    def robots_rules(self) -> rules.Rules:
        """The rules for crawlers, its own and those of pages above."""
        return rules.rules_of(self, self.pages_above())

    @property
    def summary_text(self) -> str:
        """The page's summary: one or two plain sentences."""
        return self.search_description

    @property
    def lead_picture(self) -> Any:
        """The page's main image, or None."""
        return None

    @property
    def published_at(self) -> datetime | None:
        return self.first_published_at

    @property
    def modified_at(self) -> datetime | None:
        """When the page last changed, as shown to readers."""
        return self.first_published_at

    @property
    def address_elsewhere(self) -> str:
        """The canonical address where another page's or site's was chosen.

        That is an alias's original, too. "" where the page's own address counts.
        """
        return canonical.elsewhere(self)

    @property
    def breadcrumbs(self) -> list[dict[str, str]]:
        """The breadcrumbs, the page itself last: ``{"title", "url"}`` each."""
        return []

    @property
    def citable(self) -> Citable | None:
        """The bibliographic data of the page, None when it cannot be cited."""
        return None

    def structured_data(self) -> list[dict[str, Any]]:
        """Return the schema.org nodes that this page adds to the graph."""
        return []

    def schema_properties(self) -> dict[str, Any]:
        """Return what this page adds to its own node in the graph."""
        return {}

    @classmethod
    def in_sitemap(cls, pages: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return the ``pages``, all of this type, that the sitemap may list.

        Readers may read them all. A type whose pages may be withheld for other
        reasons narrows them further, starting from ``super().in_sitemap(pages)``.
        """
        return canonical.own(inheriting.open_to_search(pages))

    def get_sitemap_urls(
        self, request: HttpRequest | None = None
    ) -> list[dict[str, Any]]:
        """Return the page's entry, none when another address was typed.

        Pages whose canonical page is another, `in_sitemap` has left out.
        """
        location = self.get_full_url(request)
        if not location or canonical.typed_elsewhere(self):
            return []
        return [{"location": location, "lastmod": self.modified_at}]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name == SEARCH_PREVIEW:
            return "seo/preview.html"
        template: str = super().get_preview_template(request, mode_name)
        return template

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        """Skip wagtail-seo's own context, which renders the whole page to parse it."""
        if mode_name == SEARCH_PREVIEW:
            return {"page": self}
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context
