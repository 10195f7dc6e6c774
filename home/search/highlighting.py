"""Marks in a text what was searched for."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.utils.translation import get_language

from home.search.words import plain_letters, words

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 2


class Part(NamedTuple):
    """A part of a text, and whether it matches the query."""

    text: str
    found: bool


def parts(text: str, query: str, also: Collection[str] = ()) -> Iterator[Part]:
    """Split ``text`` at words that begin as those of ``query``, or mean the same.

    Args:
        text: Any text.
        query: What was searched for.
        also: Terms of the index that were found besides.
    """
    language = get_language() or ""
    asked = [word for word in words(query, language) if len(word.typed) >= _SHORTEST]
    asked = [word for word in asked if not word.is_stop] or asked
    typed = sorted((word.typed for word in asked), key=len, reverse=True)
    found = {term for word in asked for term in (word.term, *word.parts)}.union(also)
    end = 0
    for match in _WORD.finditer(text):
        length = _found_length(match[0], typed, found, language)
        if length:
            yield from _plain(text[end : match.start()])
            end = match.start() + length
            yield Part(text[match.start() : end], found=True)
    yield from _plain(text[end:])


def _plain(text: str) -> Iterator[Part]:
    if text:
        yield Part(text, found=False)


def _found_length(word: str, typed: list[str], found: set[str], language: str) -> int:
    """Return how many letters of ``word`` match, from its beginning."""
    plain = plain_letters(word).strip("-")
    for beginning in typed:
        if plain.startswith(beginning):
            return len(beginning) if len(plain) == len(word) else len(word)
    return len(word) if any(w.term in found for w in words(word, language)) else 0
