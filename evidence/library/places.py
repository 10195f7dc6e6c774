"""Compares where works were published: journal, volume, first page."""

import re
from typing import NamedTuple

from evidence.library.title_keys import comparable

PLACE = ("container_title", "volume", "page")
_WORDS = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    {"a", "an", "and", "de", "der", "die", "et", "for", "für", "in", "la", "of", "on"}
    | {"the", "und", "zur"}
)
# Of works of one title and year, so many differences tell two apart; one may be a slip.
_TOLD_APART_BY = 2


class Place(NamedTuple):
    """Where a work was published, as far as known."""

    journal: str = ""
    volume: str = ""
    page: str = ""


def same_place(author: str, place: Place, other_author: str, other: Place) -> bool:
    """Return whether two works of one title may be the same by author and place.

    Args:
        author: The first author's name, as names are compared.
        place: Where it was published.
        other_author: The first author of the other one.
        other: Where that was published.
    """
    differences = [
        author and other_author and author != other_author,
        place.journal and other.journal and not _same(place.journal, other.journal),
        _differ(place.volume, other.volume),
        _differ(_first_page(place.page), _first_page(other.page)),
    ]
    return sum(map(bool, differences)) < _TOLD_APART_BY


def _differ(mine: str, theirs: str) -> bool:
    return bool(mine and theirs and comparable(mine) != comparable(theirs))


def _first_page(pages: str) -> str:
    return re.split(r"[-\u2013\u2014,;]", pages.strip())[0]


def _same(mine: str, theirs: str) -> bool:
    """Return whether one name of a journal may be short for the other: “J Ex”."""
    short, long = sorted((_words(mine), _words(theirs)), key=len)
    initials = "".join(word[0] for word in long)
    if len(short) == 1 and len(long) > 1 and initials.startswith(short[0]):
        return True
    place = 0
    for word in short:
        while place < len(long) and not _alike(word, long[place]):
            place += 1
        if place == len(long):
            return False
        place += 1
    return True


def _alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _words(name: str) -> list[str]:
    words = [word.casefold() for word in _WORDS.findall(name)]
    return [word for word in words if word not in _SMALL] or words
