"""Reads an entry of a list of references as journals print it, or nothing of it.

“One A, Two BC. The title. J Ex. 2020;143(12):3574-3588.”, and what stands behind it.
"""

import re
from typing import Any

from evidence.formats import people
from evidence.vocabulary import Type

LONGEST = 2_000  # characters
_NUMBERED = re.compile(r"^\W{0,3}\d{1,3}[.)\]]\s+")
_PLACE = re.compile(
    r"(?<!\d)(?P<year>1[89]\d\d|20\d\d)"
    r"(?: [A-Z][a-z]{2,8}\.?(?: \d{1,2})?)?; ?"
    r"(?P<volume>\d{1,4})(?: ?\((?P<issue>[\w ./-]{1,20})\))?: ?"
    r"(?P<page>[A-Za-z]{0,2}\d{1,7}(?: ?[-\u2013] ?[A-Za-z]?\d{1,7})?)(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]\d\d|20\d\d)(?!\d)")
_SHORTEST = 40  # characters
_SENTENCES = re.compile(r"(?<=[.?!]) ")


def read(text: str) -> dict[str, Any]:
    """Return the fields of a work; {} unless the entry has the usual form."""
    entry = _NUMBERED.sub("", " ".join(text[:LONGEST].split()))
    place = _PLACE.search(entry)
    if place is None:
        return {}
    pieces = [one for one in _SENTENCES.split(entry[: place.start()].strip()) if one]
    if len(pieces) != 3:  # with a full stop more, nobody knows where the title ends
        return {}
    authors, more = _authors(pieces[0].rstrip("."))
    if not authors:
        return {}
    return {
        "csl_type": Type.JOURNAL_ARTICLE,
        "authors": authors,
        "more_authors": more,
        "title": pieces[1].removesuffix("."),
        "container_title": pieces[2].rstrip("."),
        "issued_year": int(place["year"]),
        "volume": place["volume"],
        "issue": place["issue"] or "",
        "page": re.sub(r" ?[-\u2013] ?", "-", place["page"]),
    }


def may_be(text: str) -> bool:
    """Return whether a line is long enough for an entry, with a year and full stops."""
    return len(text) > _SHORTEST and text.count(".") > 1 and bool(_YEAR.search(text))


def _authors(text: str) -> tuple[list[dict[str, str]], bool]:
    alone = [text] if people.is_abbreviated(text) and "," not in text else []
    listed = people.several(text) or alone
    read = [people.abbreviated(name) for name in listed]
    return [name for name in read if name], None in read
