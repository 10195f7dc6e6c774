"""Publishing rule for an outcome that is told without the typical result."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import by_block, problem_of, quoted
from evidence.claim_block import ClaimBlock, shows_something
from evidence.rules.adjustable import Adjustable
from evidence.rules.outcomes import says_what_is_typical, tells_result
from evidence.rules.sentences import Sentence, sentences


@register
class OutcomeAlone(Adjustable):
    """Suggests the typical result where it is told what became of one person.

    Blocks that print a story's own typical result say so (``Meta.tells_typical``);
    stories are asked for theirs by a rule of their own.
    """

    code = "outcome-alone"
    title = _("Outcome without the typical result")
    level: Level = "suggest"
    setting = "outcome_alone"

    def problems(self, page: Any) -> Iterator[Problem]:
        if hasattr(page, "typical"):
            return
        told = [
            (each.spot, each.text)
            for each in sentences(page)
            if tells_result(each.text) and not _prints_typical(each, page)
        ]
        if not told:
            return
        said = set(typical_places(page))
        for spot, words in by_block(told):
            if said.isdisjoint(beside(spot)):
                sentence = gettext(
                    "This tells what became of one person: {words}. Say beside it what "
                    "happens to most, with the work that says so, or put a claim after "
                    "it."
                ).format(words=quoted(words))
                yield problem_of(spot, self, sentence, about="\n".join(words))


def typical_places(page: Any) -> Iterator[Any]:
    """Yield the blocks (field, position) that say what is typical, with a source.

    Where they stand on the page matters to blocks; a field, such as the title, has the
    whole page beside it, which is named "".
    """
    claims = [place for place in walk(page) if isinstance(place.block, ClaimBlock)]
    shown = [place for place in claims if shows_something(place.value)]
    of_claims = {(place.field, place.position) for place in claims}
    for each in sentences(page):
        is_sourced = each.works and each.fact not in of_claims
        if is_sourced and says_what_is_typical(each.text):
            yield from (each.block, "")
    for place in shown:
        yield from ((place.field, place.position), "")


def beside(spot: Any) -> set[Any]:
    """Return the block at ``spot`` and its neighbours, as `typical_places` does."""
    if not isinstance(spot, Place):
        return {""}
    return {(spot.field, spot.position + step) for step in (-1, 0, 1)}


def _prints_typical(sentence: Sentence, page: Any) -> bool:
    spot = sentence.spot
    if not isinstance(spot, Place):
        return False
    outermost = getattr(page, spot.field)[spot.position]
    return bool(getattr(outermost.block.meta, "tells_typical", False))
