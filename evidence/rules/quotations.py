"""Publishing rules for quotations and key facts."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.prefetch.walk import walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
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
        _("Say who spoke: choose a profile or type the name."),
    ),
    BlockQuotationBlock: (["reference"], _("Choose the work this is quoted from.")),
    AttributedQuotationBlock: (["author"], _("Say who wrote what is quoted here.")),
}


@register
class QuotationWithoutSource:
    """Refuses quotations without a source."""

    code = "quotation-without-source"
    title = _("Quotation without its source")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place in walk(page):
            named = _SOURCES.get(type(place.block))
            if named and not any(_given(place.value.get(name)) for name in named[0]):
                yield problem_at(place, self, str(named[1]))


def _given(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


@register
class UnsupportedFact:
    """Refuses key facts without a source."""

    code = "unsupported-fact"
    title = _("Figure without its source")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place in walk(page):
            is_fact = isinstance(place.block, KeyFactBlock)
            if is_fact and not place.value.get("reference"):
                figure = place.value.get("figure")
                sentence = (
                    gettext("Choose the work that “{figure}” is from.")
                    if figure
                    else gettext("Choose the work that this figure is from.")
                )
                yield problem_at(place, self, sentence.format(figure=figure))
