"""Where rules look for words, and how they report what they found."""

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.blocks import URLBlock
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

from core.prefetch.walk import Place, walk
from core.publishing.gate import Problem
from core.publishing.rules import problem_at
from core.text.plain_text import words_at, words_of_fields

# A block, or the name of a field.
Spot = Place | str

_QUOTED = 3  # a sentence repeats no more of what was found


def all_words(page: Any) -> Iterator[tuple[Spot, str]]:
    """Yield every text of ``page``, addresses aside, with its place."""
    yield from words_of_fields(page)
    for place in walk(page):
        if not isinstance(place.block, URLBlock):
            yield from ((place, words) for words in words_at(place))


def rich_texts(page: Any) -> Iterator[tuple[Spot, str]]:
    """Yield the rich texts of ``page`` as they are stored, with their places."""
    for field in page._meta.concrete_fields:
        if isinstance(field, RichTextField):
            yield field.name, getattr(page, field.name)
    for place in walk(page):
        if isinstance(place.value, RichText):
            yield place, place.value.source


def problem_of(spot: Spot, rule: Any, sentence: str, about: str = "") -> Problem:
    """Return a problem of ``rule`` at a block or field."""
    if isinstance(spot, Place):
        return problem_at(spot, rule, sentence, about)
    return Problem(rule.code, rule.level, sentence, spot, about=about)


def by_block(found: Iterable[tuple[Spot, str]]) -> list[tuple[Spot, list[str]]]:
    """Group findings by block or field."""
    groups: dict[Any, tuple[Spot, list[str]]] = {}
    for spot, text in found:
        where = (spot.field, spot.position) if isinstance(spot, Place) else spot
        groups.setdefault(where, (spot, []))[1].append(text)
    return list(groups.values())


def quoted(found: list[str]) -> str:
    """Return the first of ``found`` in quotation marks, each once."""
    shown = ", ".join(f"“{text}”" for text in dict.fromkeys(found[:_QUOTED]))
    return f"{shown} …" if len(found) > _QUOTED else shown
