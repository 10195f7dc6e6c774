"""Reads the links of a page as readers get it."""

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

import lxml.html
from lxml.etree import ParserError

from seo.links.models import LONGEST_WORDS

_KEY = re.compile(r"\d{1,18}", re.ASCII)


class Read(NamedTuple):
    """What stands in a page.

    ``text`` are the links of its own, ``around`` those of what stands on every page:
    addresses with the words of the first link there. ``absent`` are the keys of pages
    that links of its own have no address of, with their words; ``absent_around`` the
    same for the others. ``places`` are what an address may name after "#". ``further``
    is the next page of its list, "" without one.
    """

    text: dict[str, str]
    around: dict[str, str]
    absent: dict[int, str]
    absent_around: dict[int, str]
    places: set[str]
    further: str


def read(content: bytes, address: str) -> Read:
    """Read the HTML at ``address``, which is absolute."""
    found = Read({}, {}, {}, {}, set(), "")
    try:
        document = lxml.html.document_fromstring(content)
    except ParserError:  # empty
        return found
    for name in ("id", "name"):
        found.places.update(
            each.get(name) for each in document.iterfind(f".//*[@{name}]")
        )
    mains = list(document.iter("main"))
    own = {link for main in mains for link in main.iter("a")}
    for link in document.iter("a"):
        words = " ".join(link.text_content().split())[:LONGEST_WORDS]
        if _KEY.fullmatch(key := link.get("data-page", "")):
            absent = found.absent if link in own else found.absent_around
            absent.setdefault(int(key), words)
        if not (target := absolute(link.get("href"), address)):
            continue
        if "next" in (link.get("rel") or "").split():
            found = found._replace(further=target)
            continue
        (found.text if link in own else found.around).setdefault(target, words)
    return found


def absolute(href: str | None, base: str) -> str:
    """Return the http(s) address that ``href`` means at ``base``, "" without one."""
    if href is None:
        return ""
    try:
        parts = urlsplit(urljoin(base, href.strip()))
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return urlunsplit(parts._replace(path=parts.path or "/"))
