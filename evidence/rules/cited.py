"""What a page cites and where, found out once for all rules that ask."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail.fields import RichTextField
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from core.gate import Problem, shared
from core.rules import problem_at
from core.walk import Place, walk
from evidence.models import Reference
from evidence.rich_text import cited_ids

# A block, or the name of a field.
Spot = Place | str


class Cited(NamedTuple):
    """What a page cites.

    ``spots`` pairs each block and field that cites with the ids cited there; ``works``
    has the record that each id stands for, none for one that is gone.
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
    """Return what ``page`` cites as it is now, drafts and unsaved pages included."""
    found: list[tuple[Spot, list[int]]] = [
        (field.name, list(cited_ids(getattr(page, field.name))))
        for field in page._meta.concrete_fields
        if isinstance(field, RichTextField)
    ]
    found += [(place, list(_at(place, page))) for place in walk(page)]
    spots = [(spot, pks) for spot, pks in found if pks]
    asked = {pk for _, pks in spots for pk in pks}
    return Cited(spots, Reference.objects.in_bulk(asked) if asked else {})


def problem_of(spot: Spot, rule: Any, sentence: str) -> Problem:
    """Return a problem of ``rule`` that stands under a block or field."""
    if isinstance(spot, Place):
        return problem_at(spot, rule, sentence)
    return Problem(rule.code, rule.level, sentence, spot)


def _at(place: Place, page: Any) -> Iterator[int]:
    if isinstance(place.value, RichText):
        yield from cited_ids(place.value.source)
    for name, block in getattr(place.block, "child_blocks", {}).items():
        if isinstance(block, SnippetChooserBlock) and block.target_model is Reference:
            if chosen := place.value.get(name):
                yield chosen.pk
                continue
            # What a chooser holds no longer can be read in the stored data alone.
            stored = getattr(page, place.field).raw_data[place.position]
            pk = stored["value"].get(name) if stored["type"] == place.name else None
            if isinstance(pk, int):
                yield pk
