"""What the gate asks of quotations and of figures that stand out."""

from collections.abc import Iterator
from typing import Any

from core.gate import Level, Problem, register
from core.rules import problem_at
from core.walk import walk
from evidence.blocks import (
    AttributedQuotationBlock,
    BlockQuotationBlock,
    KeyFactBlock,
    SpokenQuotationBlock,
)

# What names the source of each kind of quotation, and what to say where nothing does.
_SOURCES = {
    SpokenQuotationBlock: (
        ["person", "speaker"],
        "Say who spoke: choose a profile or type the name.",
    ),
    BlockQuotationBlock: (["reference"], "Choose the work this is quoted from."),
    AttributedQuotationBlock: (["author"], "Say who wrote what is quoted here."),
}


@register
class QuotationWithoutSource:
    """Words in quotation marks are somebody's."""

    code = "quotation-without-source"
    title = "Quotation without its source"
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place in walk(page):
            named = _SOURCES.get(type(place.block))
            if named and not any(_given(place.value.get(name)) for name in named[0]):
                yield problem_at(place, self, named[1])


def _given(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


@register
class UnsupportedFact:
    """A figure that stands out must have a source."""

    code = "unsupported-fact"
    title = "Figure without its source"
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place in walk(page):
            is_fact = isinstance(place.block, KeyFactBlock)
            if is_fact and not place.value.get("reference"):
                yield problem_at(
                    place,
                    self,
                    f"Choose the work that “{place.value['figure']}” is from.",
                )
