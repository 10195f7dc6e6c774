"""Finds DOIs in text and in the addresses of publishers, without what follows them."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

_START = re.compile(r"(?<![\w.])10\.\d{4,9}(?:/|%2f)", re.IGNORECASE)
# Older ones, made of a SICI, hold what ends any other: “17:15<1661::AID>3.0.CO;2-2”.
_IN_TEXT = re.compile(r"10\.\d{4,9}/(?:\(sici\)\S+|[^\s,;<>\"|]+)", re.IGNORECASE)
_ALONE = re.compile(r"\S+")
_WORD = re.compile(r"[^\s,;|]+")
# Characters that are looked at; a DOI with more than 255 is not kept.
_LONGEST = 1000
_RESOLVER = re.compile(r"doi[.-]org(?:[./:]|$)", re.IGNORECASE)
# What stands in an address behind the DOI, on pages of one article.
_PAGES = (
    *("abs", "abstract", "article", "citation", "citations", "epdf", "epub", "figures"),
    *("full", "full-text", "fulltext", "html", "meta", "pdf", "pdfdirect", "pdfplus"),
    *("references", "reader", "summary", "tables", "text", "xml", "download"),
)
_TAIL = re.compile(rf"(?:/(?:{'|'.join(_PAGES)}))?/?$", re.IGNORECASE)
_FILE = re.compile(
    r"(?:\.(?:abstract|epdf|extract|full|full-text|html?|long|pdf|short|xml)(?:\+html)?)$",
    re.IGNORECASE,
)
_QUERY = re.compile(r"[?#&]|;jsessionid=", re.IGNORECASE)
_STATED_QUERY = re.compile(r"[?&#][\w.-]+=")
_WORDS_AFTER = re.compile(
    r"[.,;]+(?:epub|pmid|pmcid|https?:|10\.\d{4})|</|&[lg]t;", re.IGNORECASE
)
_VERSION = re.compile(r"(10\.1101/\d[\d.]*\d)v\d+")
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}


def doi_of(text: str) -> str:
    """Return the first DOI in the value of a field, "" for none.

    Where it stands in a publisher's address and its end cannot be told, it is none.
    """
    bare = text.strip()
    start = _START.search(bare)
    if start is None:
        return ""
    is_alone = not re.search(r"\s", bare[start.start() :])
    return _doi(bare, start.start(), _ALONE if is_alone else _IN_TEXT)


def dois_in(text: str) -> list[str]:
    """Return each DOI of a text once; "" for one whose end cannot be told."""
    found = (_doi(text, start.start(), _IN_TEXT) for start in _starts(text))
    return list(dict.fromkeys(found))


def _starts(text: str) -> Iterator[re.Match[str]]:
    """Yield where DOIs begin; what looks like one within another begins none."""
    end = 0
    for start in _START.finditer(text):
        if start.start() >= end:
            yield start
            word = _WORD.match(text, start.start(), start.start() + _LONGEST)
            end = word.end() if word else start.end()


def _doi(text: str, begins: int, pattern: re.Pattern[str]) -> str:
    before = text[max(begins - 300, 0) : begins].rpartition(" ")[2]
    rest = text[begins : begins + _LONGEST]
    if re.search(r"(?:[/=]|%2f|%3d)$", before, re.IGNORECASE):
        word = _ALONE.match(rest)
        address = word[0] if word else ""
        if _RESOLVER.search(before):
            return _ended(unquote(_QUERY.split(address)[0]))
        return _in_address(unquote(_QUERY.split(address)[0]))
    match = pattern.match(unquote(rest) if rest[:12].lower().find("%2f") > 0 else rest)
    found = _STATED_QUERY.split(match[0])[0] if match else ""
    doi = _without_pages(_ended(found))
    return doi if doi.partition("/")[2] else ""


def _in_address(found: str) -> str:
    """Return the DOI at the beginning of ``found``, the end of a publisher's address.

    Most have one part after the publisher's number. Of more, nobody knows which are
    the DOI's and which the site's.
    """
    doi = _ended(found)
    while (shorter := _FILE.sub("", _without_pages(doi))) != doi:
        doi = shorter
    if version := _VERSION.fullmatch(doi):
        doi = version[1]
    return doi if doi.count("/") == 1 and not doi.endswith("/") else ""


def _without_pages(doi: str) -> str:
    while (shorter := _TAIL.sub("", doi)) != doi and shorter.count("/"):
        doi = shorter
    return doi


def _ended(doi: str) -> str:
    """Return a DOI in small letters without the punctuation of the words around it."""
    doi = _WORDS_AFTER.split(doi.partition(" ")[0])[0].lower()
    while doi:
        opening = _OPENING.get(doi[-1])
        unopened = opening and doi.count(opening) < doi.count(doi[-1])
        if doi[-1] not in ".,;:\"'\u2019\u201d" and not unopened:
            break
        doi = doi[:-1]
    return doi
