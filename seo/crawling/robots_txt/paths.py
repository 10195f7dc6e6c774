"""Paths of robots.txt (RFC 9309): read, written and matched."""

import re
import string
from collections.abc import Iterable
from urllib.parse import quote

from django.utils.translation import gettext as _
from wagtail.models import Site

from seo import readers

LONGEST = 500  # characters
_UNRESERVED = f"{string.ascii_letters}{string.digits}-._~"
_SAFE = "/?&=;:@!~+,()'-._"


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
    return _written(path, _SAFE + "*$")


def _written(path: str, safe: str) -> str:
    """Return ``path`` with percent signs as RFC 9309 compares it.

    What stands with percent signs keeps them, so that ``%24`` stays a dollar and does
    not become the sign for the end. Letters and digits need none.
    """

    def escape(found: re.Match[str]) -> str:
        if not found[1]:
            return "%25"
        character = chr(int(found[1], 16))
        return character if character in _UNRESERVED else found[0].upper()

    return quote(re.sub("%([0-9A-Fa-f]{2})?", escape, path), safe=f"{safe}%")


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
    asked = _written(asked, _SAFE)
    return next((path for path in paths if _matches(_pattern(path), asked)), "")


def _pattern(path: str) -> str:
    """Return ``path`` with the dollars that are not its end as in an address."""
    return path[:-1].replace("$", "%24") + path[-1:]


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
