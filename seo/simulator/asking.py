"""Asks for an address as a crawler does, and for the reasons of what it gets."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import translation
from lxml.etree import ParserError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.views import serve

from seo import readers
from seo.crawling import asking
from seo.crawling.answer import Answer
from seo.crawling.robots_txt.closing import Closed
from seo.links.asking import Asker, html, request_for
from seo.middleware import HEADER
from seo.redirects.resolving import Resolver, page_at


@dataclass
class Seen:
    """What a crawler gets at an address.

    Attributes:
        address: The address, absolute.
        status: That of HTTP. None where a server of files answers in our place.
        file_is_there: Whether that has such a file.
        leads_to: The absolute address that it leads on to, "" without one.
        media_type: That of the content, such as "application/pdf".
        view_name: What answers, "" for what no address of ours is.
        header: What X-Robots-Tag says, "" for nothing.
        meta: What the robots element of its head says, "" for nothing.
        canonical: The canonical address that its head names, "" without one.
        closed_by: The line of robots.txt that forbids the address, "" where none does.
        answer: About the page of which it is the address, or a part. None without.
        rule: The redirect that decides, None without one.
        draft: The page at the address that is not published, None without.
        is_withheld: Whether a page is there that readers do not get for a reason of
            its own. Which one, and why, is nobody's to say.
        lacks_a_slash: Whether a page stands at the same address with a slash.
    """

    address: str
    status: int | None = None
    file_is_there: bool = False
    leads_to: str = ""
    media_type: str = ""
    view_name: str = ""
    header: str = ""
    meta: str = ""
    canonical: str = ""
    closed_by: str = ""
    answer: Answer | None = None
    rule: Redirect | None = None
    draft: Page | None = None
    is_withheld: bool = False
    lacks_a_slash: bool = False

    @property
    def is_a_page(self) -> bool:
        """Whether it is the address of a page itself, and not of a part of one."""
        return bool(self.answer and self.answer.address == self.address)

    @property
    def asks_to_log_in(self) -> bool:
        path = urlsplit(self.leads_to).path
        return bool(path) and path in {
            settings.LOGIN_URL,
            reverse("wagtailadmin_login"),
            reverse("account_login"),
        }


def seen_at(address: str) -> Seen:
    """Return what a crawler gets at an absolute address of this site.

    The site itself is asked, through all that stands before its pages. Nobody is
    counted by that. The address is percent-encoded, and has no fragment.
    """
    seen = Seen(address, closed_by=Closed().line(address))
    path = unquote(urlsplit(address).path)
    if path.startswith(settings.MEDIA_URL) and not settings.SERVE_MEDIA:
        seen.file_is_there = _is_stored(path.removeprefix(settings.MEDIA_URL))
        return seen
    match = _match(path)
    seen.view_name = match.view_name if match else ""
    # What is kept for a while must not be in the language of whoever asks here.
    with translation.override(settings.LANGUAGE_CODE):
        # Not a GET, by which redirects count who follows them.
        response = Asker().response(address, "HEAD")
    seen.status = response.status_code
    seen.media_type = response.get("Content-Type", "").partition(";")[0]
    seen.header = response.get(HEADER, "")
    if location := response.get("Location", ""):
        seen.leads_to = urljoin(address, location)
    _read_head(seen, html(response))
    # Without its slash, the address of a page is nobody's.
    if (match is None or match.func is serve) and "\0" not in path:
        _give_reasons(seen, path)
    return seen


def _is_stored(name: str) -> bool:
    try:
        return bool(name) and default_storage.exists(name)
    except (SuspiciousOperation, ValueError):
        return False


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _read_head(seen: Seen, content: bytes) -> None:
    try:
        document = lxml.html.document_fromstring(content)
    except (ParserError, ValueError):  # empty
        return
    metas = document.iterfind(".//meta[@name='robots']")
    seen.meta = ", ".join(each.get("content") or "" for each in metas)
    links = document.iterfind(".//link[@rel='canonical']")
    seen.canonical = next((each.get("href") or "" for each in links), "")


def _give_reasons(seen: Seen, path: str) -> None:
    """Add the page, the redirect or the draft that decides what is answered."""
    request: Any = request_for(seen.address)
    site = Site.find_for_request(request)
    if site is None:
        return
    if seen.status == HTTPStatus.OK:
        if routed := Page.route_for_request(request, path):
            seen.answer = asking.answer(routed.page)
        return
    encoded, query = urlsplit(seen.address).path, urlsplit(seen.address).query
    resolver = Resolver(request, site)
    if not path.endswith("/") and resolver.where_page_stands(site, encoded):
        seen.lacks_a_slash = True
        return
    if (found := page_at(site, encoded)) and _is_withheld(found):
        seen.is_withheld = True
    else:
        seen.draft = found
    destination = resolver.destination(encoded, query)
    seen.rule = destination.rule if destination else None


def _is_withheld(page: Page) -> bool:
    return not readers.pages().not_withheld().filter(pk=page.pk).exists()
