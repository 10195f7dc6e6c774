"""Paths of robots.txt (RFC 9309): read, written and matched."""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from django.utils.translation import gettext as _
from wagtail.models import Site

from seo import readers

LONGEST = 500  # characters


def checked(line: str) -> str:
    """Return a path as it stands in robots.txt.

    Raises:
        ValueError: A sentence says what is wrong.
    """
    path = line.strip()
    if not path.startswith("/"):
        raise ValueError(_("begin with a slash."))
    if re.search(r"[\s#\x00-\x1f]", path):
        raise ValueError(_("leave out spaces and “#”."))
    if len(path) > LONGEST:
        raise ValueError(_("this is too long."))
    return quote(unquote(path), safe="/*$?&=;:@!~+,()'-._")


def _matches(pattern: str, asked: str) -> bool:
    """Return whether a path begins as ``pattern`` says, in one pass."""
    is_whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not asked.startswith(first):
        return False
    if not others:
        return not is_whole or asked == first
    *middle, last = others
    at = len(first)
    for part in middle:
        found = asked.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if is_whole:
        return asked.endswith(last) and len(asked) - len(last) >= at
    return asked.find(last, at) >= 0


def closing(paths: Iterable[str], asked: str) -> str:
    """Return the first of ``paths`` that closes an address, "" where none does.

    Args:
        paths: As `checked` returns them.
        asked: The address's path, with its query.
    """
    asked = quote(unquote(asked), safe="/*$?&=;:@!~+,()'-._")
    return next((path for path in paths if _matches(path, asked)), "")


def closes_all(paths: Iterable[str]) -> bool:
    """Return whether ``paths`` close the front page and all below it."""
    return bool(closing(paths, "/")) and bool(closing(paths, "/any/page/"))


def hidden_pages(site: Site, paths: list[str], most: int) -> list[str]:
    """Return titles of pages that anyone may read and ``paths`` close, at most some."""
    root = site.root_page.url_path
    pages = readers.pages().shown().filter(url_path__startswith=root)
    found: list[str] = []
    for title, url_path in pages.values_list("title", "url_path").iterator():
        if closing(paths, f"/{url_path.removeprefix(root)}"):
            found.append(title)
        if len(found) == most:
            break
    return found
