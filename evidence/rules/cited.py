"""The citations of a page and their places, shared by the rules."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from wagtail.fields import RichTextField
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from core.prefetch.walk import Place, walk
from core.publishing.gate import shared
from core.publishing.rules.findings import Spot
from evidence.citing.rich_text import cited_ids
from evidence.claim_block import ClaimBlock
from evidence.models import Reference

T = TypeVar("T")

# Who knows of outermost blocks that nobody can change any more, by their ids.
_settled: list[Callable[[Any], set[str]]] = []


def leave_out(settled: Callable[[Any], set[str]]) -> None:
    """Have rules find nothing in the blocks of a page that ``settled(page)`` names."""
    _settled.append(settled)


def without_settled(page: Any, found: list[tuple[Spot, T]]) -> list[tuple[Spot, T]]:
    """Return what was found on ``page`` outside the blocks that are settled."""
    settled = {block_id for ids in _settled for block_id in ids(page)}
    return [
        (spot, what)
        for spot, what in found
        if not (isinstance(spot, Place) and spot.block_id in settled)
    ]


class Cited(NamedTuple):
    """The citations of a page.

    ``spots`` pairs each block and field that cites with the ids cited there, but for
    what is settled; ``works`` has the record that each id stands for, none for one
    that is gone.
    """

    spots: list[tuple[Spot, list[int]]]
    works: dict[int, Reference]

    def first_spots(self) -> Iterator[tuple[Spot, Reference]]:
        """Yield each work once, with the first place that cites it."""
        seen = set()
        for spot, pks in self.spots:
            for pk in pks:
                work = self.works.get(pk)
                if work and work.pk not in seen:
                    seen.add(work.pk)
                    yield spot, work


@shared
def cited(page: Any) -> Cited:
    """Return the citations of ``page`` as it is now, even unsaved."""
    found: list[tuple[Spot, list[int]]] = [
        (field.name, list(cited_ids(getattr(page, field.name))))
        for field in page._meta.concrete_fields
        if isinstance(field, RichTextField)
    ]
    found += [(place, list(_at(place, page))) for place in walk(page)]
    spots = [(spot, pks) for spot, pks in found if pks]
    asked = {pk for _, pks in spots for pk in pks}
    if asked:
        spots = without_settled(page, spots)
    return Cited(spots, Reference.objects.in_bulk(asked) if asked else {})


def _at(place: Place, page: Any) -> Iterator[int]:
    if isinstance(place.value, RichText):
        yield from cited_ids(place.value.source)
    for name, block in getattr(place.block, "child_blocks", {}).items():
        if isinstance(block, SnippetChooserBlock) and block.target_model is Reference:
            if chosen := place.value.get(name):
                yield chosen.pk
                continue
            pk = _stored(place, page).get(name)
            if isinstance(pk, int):
                yield pk
    if isinstance(place.block, ClaimBlock):
        yield from _gone_from_claim(place, page)


def _stored(place: Place, page: Any) -> Any:
    """Return what is stored of an outermost block: ids of what is there no longer too.

    Of a block within another, nothing.
    """
    stored = getattr(page, place.field).raw_data[place.position]
    return stored["value"] if stored["type"] == place.name else {}


def _gone_from_claim(place: Place, page: Any) -> Iterator[int]:
    stored = _stored(place, page).get("works") or ()
    for each, raw in zip(place.value.get("works") or (), stored, strict=False):
        pk = raw.get("value", raw).get("reference")
        if isinstance(pk, int) and not each.get("reference"):
            yield pk
