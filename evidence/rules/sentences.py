"""The sentences of a page, each with the works that it cites."""

import re
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail.blocks import StructBlock
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from core.prefetch.walk import Place, walk
from core.publishing.gate import shared
from core.publishing.rules.findings import Spot, rich_texts
from core.text.plain_text import plain, readable_at, words_of_fields
from evidence.blocks import KeyFactBlock
from evidence.citing.rich_text import reference_id
from evidence.claim_block import ClaimBlock
from evidence.models import Reference

# A citation in a text whose sentences are looked for. No keyboard types these signs.
_CITED = re.compile("\ue000(\\d+)\ue001")
_CITATIONS = "(?:\\s*\ue000\\d+\ue001)*"
_CLOSING, _OPENING = '["”\u2019)\\]]*', '["“\u2018(\\[]?'
_END = re.compile(rf"[.!?…]{_CLOSING}{_CITATIONS}\s+(?={_OPENING}[A-Z0-9])|\n+")
# Signs that no reader sees, and those that look like others.
_LOOKS = str.maketrans(
    {
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
        "\u2010": "-",
        "\u2011": "-",
    }
)
_NO_END = re.compile(
    r"(?:\b[A-Z]|\b(?:al|approx|ca|cf|Dr|e\.g|Fig|i\.e|Mr|Mrs|Ms|No|p|pp|Prof|St|Vol"
    r"|vs))\.$"
)
_LONGEST = 2000  # characters; a sentence is cut there, so that rules stay quick
_ABBREVIATED = 20  # characters at most of what `_NO_END` looks for


class Sentence(NamedTuple):
    """A sentence, where it stands, and the ids of the works it cites.

    ``fact`` is the key fact or claim that it belongs to, as a key.
    """

    spot: Spot
    text: str
    works: tuple[int, ...] = ()
    fact: Any = None

    @property
    def is_question(self) -> bool:
        return self.text.rstrip('"”\u2019)] ').endswith("?")

    @property
    def block(self) -> Any:
        """The outermost block, or the field, as a key."""
        spot = self.spot
        return (spot.field, spot.position) if isinstance(spot, Place) else spot


@shared
def sentences(page: Any) -> list[Sentence]:
    """Return the sentences of all texts of ``page``, in reading order.

    What a block has for its source, each of its sentences cites.
    """
    return [
        *_of_fields(page),
        *(
            Sentence(place, text, (*works, *sources), fact)
            for place, sources, fact in _with_sources(page)
            for source in _sources_of_text(place)
            for text, works in split(source)
        ),
    ]


def as_read(text: str) -> str:
    """Return a text without soft hyphens and the like, with hyphens of one kind."""
    return text.translate(_LOOKS)


def split(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the sentences of a text with the ids of the works cited in each."""
    text = as_read(text)
    begin = 0
    for end in [*_END.finditer(text), None]:
        stop = end.end() if end else len(text)
        if end:
            last = max(begin, end.start() - _ABBREVIATED)
            if _NO_END.search(text[last : end.start() + 1]):
                continue
        part = text[begin:stop]
        begin = stop
        words = " ".join(_CITED.sub("", part).split())
        works = tuple(int(pk) for pk in _CITED.findall(part))
        if len(words) > _LONGEST:
            for piece in textwrap.wrap(words, _LONGEST, break_on_hyphens=False):
                yield piece, works
        elif words:
            yield words, works


def _of_fields(page: Any) -> Iterator[Sentence]:
    rich = {f.name for f in page._meta.concrete_fields if isinstance(f, RichTextField)}
    for name, text in words_of_fields(page):
        if name not in rich:
            yield from (Sentence(name, *each) for each in split(text))
    for spot, source in rich_texts(page):
        if isinstance(spot, str):
            yield from (Sentence(spot, *each) for each in split(_marked(source)))


def _with_sources(page: Any) -> Iterator[tuple[Place, tuple[int, ...], Any]]:
    """Yield every place, the works that its block has for sources, and its fact."""
    around: Any = None
    sources: tuple[int, ...] = ()
    fact: Any = None
    for place in walk(page):
        outermost = place.field, place.position
        if outermost != around:
            around, sources, fact = outermost, (), None
        if isinstance(place.block, StructBlock):
            # A claim holds a list of works, each of them a block.
            sources = tuple(_chosen(place.value)) or sources
            if isinstance(place.block, KeyFactBlock | ClaimBlock):
                fact = outermost
        yield place, sources, fact


def _chosen(value: Any) -> Iterator[int]:
    for chosen in value.values() if hasattr(value, "values") else ():
        if isinstance(chosen, Reference):
            yield chosen.pk
    works = value.get("works") if hasattr(value, "get") else None
    for each in works or ():
        if each.get("reference") and not each.get("on_another_subject"):
            yield each["reference"].pk


def _sources_of_text(place: Place) -> Iterator[str]:
    if isinstance(place.value, RichText):
        yield _marked(place.value.source)
    else:
        yield from readable_at(place)


def _marked(source: str) -> str:
    """Return stored rich text as plain text in which citations are marked."""

    def mark(match: re.Match[str]) -> str:
        attrs = extract_attrs(match[1])
        pk = reference_id(attrs) if attrs.get("embedtype") == "citation" else 0
        return f"\ue000{pk}\ue001" if pk else " "

    return plain(FIND_EMBED_TAG.sub(mark, source))
