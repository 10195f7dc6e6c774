"""Publishing rules for quotations and key facts."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from core.text.plain_text import plain
from evidence.blocks import (
    AttributedQuotationBlock,
    BlockQuotationBlock,
    KeyFactBlock,
    SpokenQuotationBlock,
)
from evidence.claim_block import ClaimBlock
from evidence.rules.adjustable import Adjustable
from evidence.vocabulary import Direction

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
class UnsupportedFact(Adjustable):
    """Refuses key facts and claims without a source."""

    code = "unsupported-fact"
    title = _("Figure or claim without its source")
    level: Level = "block"
    setting = "unsupported_fact"

    def problems(self, page: Any) -> Iterator[Problem]:
        for place in walk(page):
            if isinstance(place.block, KeyFactBlock):
                if not place.value.get("reference"):
                    figure = place.value.get("figure") or ""
                    sentence = _of_figure(figure)
                    yield problem_at(place, self, sentence, about=figure)
            elif isinstance(place.block, ClaimBlock):
                yield from self._of_claim(place)

    def _of_claim(self, place: Place) -> Iterator[Problem]:
        """Refuse a claim without works, unless it says that nobody studied it.

        Works on another subject show nothing of this one. One that did study it gives
        the lie to “nobody has”.
        """
        works = [
            each for each in place.value.get("works") or () if each.get("reference")
        ]
        is_direct = not all(each.get("on_another_subject") for each in works)
        nobody_did = place.value.get("direction") == Direction.NONE
        if is_direct != nobody_did:
            return
        if is_direct:
            sentence = gettext(
                "Direction says that nobody has studied this claim, and works that did "
                "stand beside it. Choose there what they say, or mark each work as on "
                "another subject."
            )
        elif works:
            sentence = gettext(
                "Every work of this claim is on another subject. Add one that studied "
                "what is claimed, or say under Direction that nobody has studied it."
            )
        else:
            sentence = gettext(
                "This claim has no work. Add the works that it rests on, or say under "
                "Direction that nobody has studied it."
            )
        about = plain(getattr(place.value.get("sentence"), "source", ""))
        yield problem_at(place, self, sentence, about=about)


def _of_figure(figure: str) -> str:
    if not figure:
        return gettext("Choose the work that this figure is from.")
    return gettext("Choose the work that “{figure}” is from.").format(figure=figure)
