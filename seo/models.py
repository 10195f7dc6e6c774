"""Metadata that every page type carries."""

from collections.abc import Collection, Hashable, Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin
from wagtailseo.models import SeoMixin

from seo.crawling import canonical, inheriting, rules
from seo.crawling.fields import CrawlingMixin
from seo.crawling.panels import CRAWLING_PANELS
from seo.crawling.robots_txt.models import RobotsTxt, Verification
from seo.highwire import Citable
from seo.links.models import Link, LinkTarget, LinkWalk, PageReach
from seo.media import ListedFilm, ListedPicture
from seo.metadata.models import MetadataPatterns
from seo.metadata.panels import promoting
from seo.not_found.models import NotFoundAddress, NotFoundDay
from seo.redirects.models import RedirectHits, Replacement
from seo.snippets.panels import SnippetsPanel

__all__ = [
    "SEARCH_PREVIEW",
    "Link",
    "LinkTarget",
    "LinkWalk",
    "MetadataMixin",
    "MetadataPatterns",
    "NotFoundAddress",
    "NotFoundDay",
    "PageReach",
    "RedirectHits",
    "Replacement",
    "RobotsTxt",
    "Verification",
]


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
    ``social_portrait``
        Whose portrait the picture for social media shows that is drawn where there is
        neither. It is asked by every head: nothing may be fetched for it.
    ``summary_text``, ``published_at``, ``modified_at``, ``breadcrumbs``
        See each. ``modified_at`` moves only on a change that readers should know of.
    ``metadata_variables``
        What patterns of titles and descriptions may name beside what every page has:
        names of attributes, each one of `seo.metadata.patterns.VARIABLES`.
    ``structured_data()``
        The nodes that the page adds to the graph, made with `seo.graph.schema`.
    ``media_nodes()``
        The nodes of its videos and pictures.
    ``citable``
        By whom and since when the page is published, where others may cite it as a
        work of its own (`seo.highwire`).
    ``schema_properties()``
        What the page adds to its own node, such as ``reviewedBy`` or ``about``.
    ``in_sitemap(pages)``
        Which pages of this type may be listed for search engines.
    ``dated_by``
        The fields that ``modified_at`` goes by, the first that is filled in counting.
    ``chosen_media()``, ``shown_media(chosen)``
        What the page shows, and which of it may be shown now: pictures and films for
        the sitemap.

    Two variables of the template's context are heeded as well: ``robots`` (rules for
    this response, such as "noindex" on a page that thanks) and any Django paginator
    page (its number goes into title and canonical address).
    """

    schema_type = "WebPage"
    schema_main_entity = ""
    og_type = "website"
    filter_parameters: tuple[str, ...] = ()
    metadata_variables: tuple[str, ...] = ()
    search_preview_template = "seo/preview.html"
    dated_by: tuple[str, ...] = ("first_published_at",)

    breadcrumb_title = models.CharField(
        _("breadcrumb title"),
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text=_("A shorter name for the trail above the page, in search, too."),
    )
    social_title = models.CharField(
        _("social title"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Shown where the page is shared on social media."),
    )
    social_text = models.TextField(
        _("social text"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("One or two sentences under that title."),
    )
    promote_panels = [
        SnippetsPanel(heading=_("How it will look")),
        *promoting(),
        *CRAWLING_PANELS,
    ]

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
    def social_portrait(self) -> tuple[str, Any]:
        """Somebody's name and portrait for the social picture, ("", None) for none."""
        return "", None

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

    def media_nodes(self) -> list[dict[str, Any]]:
        """Return the nodes of the videos and pictures on this page."""
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

    def chosen_media(self) -> Iterable[Hashable]:
        """Return the keys of the pictures and films on the page, in order.

        Costs no query: it is asked of every page that the sitemap lists.
        """
        return ()

    @classmethod
    def shown_media(
        cls, chosen: Collection[Hashable]
    ) -> dict[Hashable, ListedPicture | ListedFilm]:
        """Return what may be shown of ``chosen``, keys of many pages, by key.

        The number of queries must not depend on how many there are.
        """
        return {}

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name == SEARCH_PREVIEW:
            alone = getattr(request, "shows_snippets_alone", False)
            return (
                "seo/snippets/fragment.html" if alone else self.search_preview_template
            )
        template: str = super().get_preview_template(request, mode_name)
        return template

    def search_preview(self, request: HttpRequest) -> HttpResponse:
        """Return the preview of search results.

        A page type with routes of its own asks for it in its ``serve_preview``: else
        Wagtail shows the page itself in every mode.
        """
        response: HttpResponse = PreviewableMixin.serve_preview(
            self, request, SEARCH_PREVIEW
        )
        return response

    def snippets(self, request: HttpRequest) -> HttpResponse:
        """Return the same without a document around it, for a form (`seo.snippets`)."""
        alone = {"shows_snippets_alone": True}
        response: HttpResponse = self.make_preview_request(
            request, SEARCH_PREVIEW, alone
        )
        return response

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        """Skip wagtail-seo's own context, which renders the whole page to parse it."""
        if mode_name == SEARCH_PREVIEW:
            return {"page": self}
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context
