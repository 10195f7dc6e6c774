"""The navigation, footer and settings around a page, as ``chrome`` in templates."""

import copy
from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.http import HttpRequest
from wagtail.models import Site
from wagtailseo.models import SeoSettings

from core.media.coverage import covered
from core.models.organisation import Organisation
from core.models.site_settings import (
    DisclaimerSettings,
    FooterSettings,
    NavigationSettings,
)
from core.pictures import known_renditions
from core.querysets import shown_pages
from delivery.calendar import period
from delivery.once import once_per_generation
from seo import results
from seo.crawling.robots_txt.models import Verification
from seo.models import MetadataPatterns
from seo.pictures import Picture, rendered

# The records that the head reads, and the pictures of each.
_PICTURES: dict[Any, tuple[str, ...]] = {
    Organisation: ("logo", "premises"),
    SeoSettings: ("og_image_default",),
    MetadataPatterns: (),
    Verification: (),
}
LOGO = "height-72|format-webp-lossless"  # drawn half as high


class _Target(NamedTuple):
    """What a link to a page says."""

    title: str
    url: str


class Chrome:
    """The settings around a page, read only if printed, and once per generation."""

    def __init__(self, path: str, find_site: Callable[[], Site | None]) -> None:
        self.path = path
        self._find_site = find_site

    @cached_property
    def site(self) -> Site | None:
        return self._find_site()

    def _settings(self, model: Any) -> Any:
        """Return the site's settings, or unsaved blank ones."""
        return _settings(model, self.site.pk if self.site else None)

    @cached_property
    def _navigation(self) -> Any:
        return self._settings(NavigationSettings)

    @cached_property
    def _footer(self) -> Any:
        return self._settings(FooterSettings)

    @cached_property
    def _pages(self) -> dict[int, _Target]:
        """The public pages that menu and footer link to."""
        ids = {self._navigation.call_to_action_page_id}
        for item in _values(self._navigation.menu):
            ids.add(_page_id(item))
            ids.update(_page_id(child) for child in _items(item.get("children")))
        for column in _values(self._footer.columns):
            ids.update(_page_id(link) for link in _items(column["links"]))
        return _targets(frozenset(ids - {None}), self.site, period())

    def _link(self, link: dict[str, Any]) -> dict[str, Any] | None:
        """Resolve a link; None when its page is not published."""
        if link["url"]:
            return {"label": link["label"], "url": link["url"], "current": False}
        page = self._pages.get(_page_id(link) or 0)
        if page is None:
            return None
        title, url = page
        current = self.path == url or (url != "/" and self.path.startswith(url))
        return {"label": link["label"] or title, "url": url, "current": current}

    def _links(self, links: Any) -> list[dict[str, Any]]:
        return [link for value in links if (link := self._link(value))]

    @cached_property
    def navigation(self) -> list[dict[str, Any]]:
        """``{"label", "url", "current", "children": [the same without children]}``."""
        items = []
        for value in _values(self._navigation.menu):
            if item := self._link(value):
                children = self._links(_items(value.get("children")))
                items.append({**item, "children": children})
        return items

    @cached_property
    def call_to_action(self) -> dict[str, Any] | None:
        page = self._pages.get(self._navigation.call_to_action_page_id)
        if page is None:
            return None
        label = self._navigation.call_to_action_label or page.title
        return {"label": label, "url": page.url}

    @cached_property
    def footer(self) -> dict[str, Any]:
        """``{"columns": [{"heading", "links"}], "social": [{"label", "url"}], …}``."""
        return {
            "columns": [
                {
                    "heading": value["heading"],
                    "links": self._links(_items(value["links"])),
                }
                for value in _values(self._footer.columns)
            ],
            "social": _values(self.record.elsewhere),
            "small_print": self._footer.small_print,
        }

    @cached_property
    def contact(self) -> dict[str, Any]:
        return {
            "email": self.record.email,
            "phone": self.record.telephone,
            "hours": self.record.hours_for_readers,
            "address": self.record.address_lines,
        }

    @cached_property
    def disclaimers(self) -> DisclaimerSettings:
        return self._settings(DisclaimerSettings)

    @cached_property
    def seo(self) -> SeoSettings:
        """wagtail-seo's settings, without what may not be shown."""
        found: SeoSettings = self._records[SeoSettings]
        return found

    @cached_property
    def record(self) -> Organisation:
        """The only record of the organisation, without what may not be shown."""
        found: Organisation = self._records[Organisation]
        return found

    @cached_property
    def patterns(self) -> MetadataPatterns:
        """How titles and descriptions are made."""
        found: MetadataPatterns = self._records[MetadataPatterns]
        return found

    @cached_property
    def _records(self) -> dict[Any, Any]:
        kept = _records(self.site.pk if self.site else None)
        return {type(each): _with_covered_pictures(each) for each in kept}

    @cached_property
    def verification(self) -> Verification:
        """The codes that the front page shows to search engines."""
        found: Verification = self._records[Verification]
        return found

    @cached_property
    def organisation(self) -> dict[str, str]:
        logo = self.record.logo
        return {
            "name": results.organisation(self.site),
            "logo_url": logo.file.url if logo else "",
        }

    @cached_property
    def logo(self) -> Picture | None:
        """The organisation's logo as the masthead draws it."""
        return rendered(self.record.logo, LOGO, root_url="")

    @cached_property
    def logo_for_dark(self) -> Picture | None:
        logo = self.record.logo
        return rendered(logo.shown_in_the_dark, LOGO, root_url="") if logo else None


# What is the same for all requests until something changes, and what depends on nothing
# but its arguments and the database. Nobody changes what these return.


@once_per_generation
def _settings(model: Any, site_pk: int | None) -> Any:
    if site_pk is None:
        return model()
    found = model.objects.filter(site=site_pk).order_by().first()
    return found or model(site_id=site_pk)


@once_per_generation
def _records(site_pk: int | None) -> list[Any]:
    """Return what the head reads, in one query, and the renditions of its pictures."""
    joins = {model._meta.model_name: names for model, names in _PICTURES.items()}
    pictures = [
        f"{join}__{name}__for_dark" for join, names in joins.items() for name in names
    ]
    sites = Site.objects.select_related(*joins, *pictures).order_by()
    site = sites.filter(pk=site_pk).first() if site_pk else None
    found = [
        getattr(site, model._meta.model_name, None) or model(site_id=site_pk)
        for model in _PICTURES
    ]
    shown = [
        picture
        for each in found
        for name in _PICTURES[type(each)]
        if (picture := getattr(each, name))
    ]
    dark = [picture.for_dark for picture in shown if picture.for_dark_id]
    known_renditions.read([*shown, *dark])
    return found


def _with_covered_pictures(found: Any) -> Any:
    """Return settings without those of their pictures that may not be shown."""
    hidden = [
        name
        for name in _PICTURES[type(found)]
        if (picture := getattr(found, name)) and not covered(picture)
    ]
    if hidden:
        found = copy.copy(found)
        for name in hidden:
            setattr(found, name, None)
    return found


@once_per_generation
def _targets(
    pks: frozenset[int], site: Site | None, _period: datetime | None
) -> dict[int, _Target]:
    """Return the pages that anyone may read, by primary key, without those nowhere."""
    pages = shown_pages().filter(pk__in=pks).for_links()
    found = {page.pk: (page.title, page.get_url(current_site=site)) for page in pages}
    return {pk: _Target(title, url) for pk, (title, url) in found.items() if url}


def _values(stream: Any) -> list[Any]:
    """Return raw values: reading them as blocks would cost one query per page."""
    return [child["value"] for child in getattr(stream, "raw_data", [])]


def _items(raw_list: Any) -> list[dict[str, Any]]:
    """Return the values of a raw ListBlock, in its old and new form."""
    return [item.get("value", item) for item in raw_list or []]


def _page_id(link: dict[str, Any]) -> int | None:
    return link.get("page")


def chrome_of(request: HttpRequest) -> Chrome:
    """Return the request's one `Chrome`."""
    if not hasattr(request, "_chrome"):
        request._chrome = Chrome(  # type: ignore[attr-defined]
            request.path, partial(Site.find_for_request, request)
        )
    return request._chrome  # type: ignore[attr-defined]


def site_chrome(request: HttpRequest) -> dict[str, Chrome]:
    """Context processor that adds ``chrome`` to templates."""
    return {"chrome": chrome_of(request)}
