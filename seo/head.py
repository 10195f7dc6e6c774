"""The metadata in the head of a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.paginator import Page as ListPage
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.models import Site

from seo import highwire, results
from seo.characters import fit, one_line
from seo.discovery import Feed, feeds
from seo.graph.page_graph import graph
from seo.graph.vocabulary import Node, without_controls
from seo.models import MetadataMixin
from seo.pictures import Picture, Pictures, pictures


@dataclass(frozen=True)
class Head:
    """Values for ``seo/head.html``; "" and None are not printed."""

    title: results.Title
    name: str
    site_name: str
    description: str = ""
    social_title: str = ""
    social_text: str = ""
    canonical: str = ""
    robots: str = ""
    codes: list[tuple[str, str]] = field(default_factory=list)
    og_type: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    picture: Picture | None = None
    card: str = ""
    card_account: str = ""
    feeds: list[Feed] = field(default_factory=list)
    citation: list[highwire.Tag] = field(default_factory=list)
    graph: Node | None = None


def head(context: Mapping[str, Any], title: str = "") -> Head:
    """Compute the head of the page being rendered.

    Args:
        context: The template's context. Heeded: ``page``, ``title`` (where there is no
            page), ``robots``, ``chrome``, ``request``, and any paginator page.
        title: Overrides ``title`` of the context.
    """
    found = _head(context, title)
    # The graph was made without them.
    cleaned: Head = without_controls(replace(found, graph=None))
    return replace(cleaned, graph=found.graph)


def _head(context: Mapping[str, Any], title: str) -> Head:
    request: HttpRequest | None = context.get("request")
    chrome = context.get("chrome")
    owner = chrome.organisation["name"] if chrome else settings.WAGTAIL_SITE_NAME
    site_name = fit(owner)
    page = context.get("page")
    if not (isinstance(page, MetadataMixin) and request and chrome):
        name = fit(title or str(context.get("title") or ""))
        return Head(
            title=results.title(name, site_name),
            name=name or site_name,
            site_name=site_name,
            robots=_union("noindex", context.get("robots", "")),
            feeds=feeds(request),
        )
    return _page_head(page, request, chrome, context)


def _page_head(
    page: MetadataMixin, request: HttpRequest, chrome: Any, context: Mapping[str, Any]
) -> Head:
    site = Site.find_for_request(request)
    root_url = site.root_url if site else ""
    front = bool(site and site.root_page_id == page.pk)
    number = _list_page(context)
    here = _own_address(page, request)
    address = page.get_full_url(request) or "" if here else ""
    if address and number > 1 and not _is_narrowed(page, request):
        address = f"{address}?page={number}"
    name = results.name(page)
    if number > 1:
        name = gettext("{name}, page {number}").format(name=name, number=number)
    site_name = fit(chrome.organisation["name"])
    own = chrome.patterns
    description = results.description(page, own, site_name)
    images = pictures(page, chrome.seo, chrome.record, root_url, site_name)
    hidden = "" if here and not getattr(request, "is_preview", False) else "noindex"
    is_article = page.og_type == "article"
    robots = _union(page.robots, context.get("robots", ""), hidden)
    # Elsewhere is where it is cited when the canonical address is elsewhere.
    elsewhere = page.address_elsewhere if here else ""
    return Head(
        title=results.title(
            name,
            site_name,
            is_front_page=front,
            pattern=own.title(type(page)),
            page=page,
        ),
        name=name,
        site_name=site_name,
        description=description,
        social_title=one_line(page.social_title) or name,
        social_text=one_line(page.social_text) or description,
        canonical=elsewhere or address,
        robots=robots,
        codes=chrome.verification.tags if front and number == 1 else [],
        og_type=page.og_type if chrome.seo.og_meta else "",
        published=page.published_at if is_article else None,
        modified=page.modified_at if is_article else None,
        picture=images.social,
        card=_card(images) if chrome.seo.twitter_meta else "",
        card_account=_account(chrome.seo),
        feeds=feeds(request),
        citation=(
            highwire.tags(page.citable, url=address, publisher=site_name)
            if page.citable and not elsewhere and "noindex" not in robots
            else []
        ),
        graph=(
            graph(
                page,
                address=address,
                name=name,
                description=description,
                root_url=root_url,
                site_name=site_name,
                record=chrome.record,
                pictures=images,
            )
            if address and chrome.seo.struct_meta
            else None
        ),
    )


def _union(*rules: str) -> str:
    """Return the rules of several robots values, each once."""
    names = [name.strip() for rule in rules for name in rule.split(",")]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _list_page(context: Mapping[str, Any]) -> int:
    """Return the page number of the list shown, 1 without a list."""
    # By type(): isinstance would ask lazy values, and so set a CSRF cookie.
    lists = (v for v in context.values() if issubclass(type(v), ListPage))
    return next((each.number for each in lists), 1)


def _is_narrowed(page: MetadataMixin, request: HttpRequest) -> bool:
    return any(request.GET.get(name) for name in page.filter_parameters)


def _own_address(page: MetadataMixin, request: HttpRequest) -> bool:
    """Return whether the request is for the page itself, not a subpath."""
    parts = page.get_url_parts(request)
    if parts is None:
        return getattr(request, "is_preview", False)
    path = request.path
    if getattr(request, "is_preview", False):
        path = unquote(path)  # Wagtail makes that request of an address as it is quoted
    return unquote(parts[2] or "") == path


def _card(images: Pictures) -> str:
    return "summary_large_image" if images.social else "summary"


def _account(seo_settings: Any) -> str:
    account = seo_settings.twitter_site.strip().lstrip("@")
    return f"@{account}" if account and seo_settings.twitter_meta else ""
