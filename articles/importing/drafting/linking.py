"""Resolves the links of an imported article."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from wagtail.models import Site

from articles.importing.reading.document import Open
from articles.importing.reading.sources import TEXTS

_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0]+")  # as browsers do within an address
_KEPT = frozenset({"http", "https", "mailto", "tel"})
_SUFFIXES = tuple(sorted(TEXTS))
_is_url = URLValidator(schemes=["http", "https"])


@dataclass
class SitePages:
    """Pages of the site that the articles stand in, by their addresses.

    Attributes:
        site: The site; None where the articles would stand on none.
    """

    site: Site | None

    @cached_property
    def _pages(self) -> dict[str, int]:
        if self.site is None:
            return {}
        pages = self.site.root_page.get_descendants(inclusive=True)
        return dict(pages.values_list("url_path", "pk"))

    def page(self, path: str) -> int:
        """Return the primary key of the page at a path of this site, 0 for none."""
        if self.site is None:
            return 0
        root = self.site.root_page.url_path
        inside = unquote(path).strip("/")
        return self._pages.get(f"{root}{inside}/" if inside else root, 0)

    def is_own(self, host: str) -> bool:
        return (
            self.site is not None and host.casefold() == self.site.hostname.casefold()
        )


@dataclass
class Links:
    """Resolves the links of one file.

    Attributes:
        path: The file.
        siblings: By path, what stands for the articles of the other files.
        pages: The site's pages.
        headings: By name, the anchors that links within the file may lead to.
        note: Told of (line, address, sentence) where a link is not kept.
    """

    path: str
    siblings: Mapping[str, int]
    pages: SitePages
    headings: Mapping[str, str]
    note: Callable[[int, str, str], None]

    def target(self, link: Open) -> str | int:
        """Return the address to store, or a page's number; blank to keep the words."""
        href = _IGNORED.sub("", link.href)
        scheme = _SCHEME.match(href)
        if scheme and scheme[1].casefold() not in _KEPT:
            return self._dropped(
                link, _("Links of this kind can do harm, or lead nowhere on the web.")
            )
        if href.startswith("#"):
            anchor = self.headings.get(unquote(href[1:]))
            if anchor is None:
                return self._dropped(
                    link, _("No heading of the article has this name.")
                )
            return f"#{anchor}"
        if scheme and scheme[1].casefold() not in ("http", "https"):
            return href
        return self._page(link, f"https:{href}" if href.startswith("//") else href)

    def _page(self, link: Open, href: str) -> str | int:
        try:
            parts = urlsplit(href)
            host = parts.hostname or ""
        except ValueError:
            return self._dropped(link, _("This is not an address."))
        if host:
            if self.pages.is_own(host) and (page := self.pages.page(parts.path)):
                return page
            try:
                _is_url(href)
            except ValidationError:
                return self._dropped(link, _("This is not an address."))
            return href
        if parts.scheme:
            return self._dropped(link, _("This is not an address."))
        if sibling := self._sibling(parts.path):
            return sibling
        if page := self.pages.page(parts.path) if parts.path.startswith("/") else 0:
            return page
        return self._dropped(
            link, _("No page here and none of these files has this address.")
        )

    def _sibling(self, path: str) -> int:
        """Return the article of a file; one saved as another kind is the same one."""
        path = resolved(self.path, path)
        stem = posixpath.splitext(path)[0] if path.endswith(_SUFFIXES) else path
        versions = (path, *(f"{stem}{suffix}" for suffix in _SUFFIXES))
        return next((self.siblings[v] for v in versions if v in self.siblings), 0)

    def _dropped(self, link: Open, why: str) -> str:
        left_out = _("The link is left out, its words are kept.")
        self.note(link.line, link.href, f"{left_out} {why}")
        return ""


def resolved(base: str, path: str) -> str:
    """Return where a relative ``path`` leads from the file ``base``."""
    path = unquote(path).replace("\\", "/")
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
