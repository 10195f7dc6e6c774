"""A crawler without an account: reads all that leads anywhere, and comes back later."""

import gzip
import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import brotli

from tests.helpers.page_store import HOST

_TEXTS = ("text/", "application/xml", "application/json", "application/rss+xml")
_TEXTS += ("application/atom+xml", "image/svg+xml")
# Where documents of every kind name addresses: attributes, sets of pictures, XML and
# what search engines are told.
_ADDRESSES = re.compile(
    rf"""(?:https?:)?//(?:{re.escape(HOST)}|localhost)(/[^\s"'<>\\)]*)"""
    r"""|(?<=["'\s,>=(])(/[^\s"'<>\\)/][^\s"'<>\\)]*)"""
)
_LEFT_OUT = re.compile(r"^/(admin|static|_health)\b|^/application/|^/text/")


_UNPACKED = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


class Seen(NamedTuple):
    """What an address answered."""

    status: int
    headers: dict
    content: bytes

    @property
    def text(self):
        is_text = self.headers.get("Content-Type", "").startswith(_TEXTS)
        unpacked = _UNPACKED[self.headers.get("Content-Encoding", "")]
        return unpacked(self.content).decode() if is_text and self.content else ""


def crawl(visitor, starts, most=600):
    """Return what each address answers that the ``starts`` lead to, by address."""
    seen, todo = {}, list(starts)
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        assert len(seen) < most, f"the site leads ever further: {address}"
        seen[address] = answer = Seen(*visitor.get(address))
        todo += addresses_in(answer.text)
    return seen


def addresses_in(text):
    found = set()
    for each in _ADDRESSES.finditer(text):
        address = unescape(each[1] or each[2] or "").partition("#")[0].rstrip(",;.")
        if address and not _LEFT_OUT.match(address):
            found.add(address)
    return found


def said_of(address, answer):
    """Return what an answer says that the address itself, which it may print, does not.

    A search prints what was asked; a page that is not there, where somebody was.
    """
    # Of a picture or film, which is no text, letters of one byte are read.
    said = answer.text or answer.content.decode("latin-1")
    parts = urlsplit(address)
    for own in {address, unquote(address), *parts.query.replace("+", " ").split("=")}:
        said = said.replace(own, "") if own.strip() else said
    return said.casefold()


def again(visitor, address, before):
    """Yield the answers to those who have ``before`` from ``address`` already."""
    yield "asked anew", Seen(*visitor.get(address))
    etag, date = before.headers.get("ETag"), before.headers.get("Last-Modified")
    if etag:
        yield "by tag", Seen(*visitor.get(address, If_None_Match=etag))
    if before.text:
        for encoding in ("gzip", "br"):
            packed = visitor.get(address, Accept_Encoding=encoding)
            yield encoding, Seen(*packed)
        yield "a head", Seen(*visitor.ask("HEAD", address))
        if etag:
            yield "by weak tag", Seen(*visitor.get(address, If_None_Match=f"W/{etag}"))
    else:
        rest = {"Range": "bytes=4-", **({"If_Range": etag} if etag else {})}
        yield "in part", Seen(*visitor.get(address, **rest))
    if date:
        yield "by date", Seen(*visitor.get(address, If_Modified_Since=date))
