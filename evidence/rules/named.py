"""Works that a page names without citing them, found by their numbers and titles."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from core.blocks.correction import CorrectionBlock
from core.prefetch.walk import Place
from core.publishing.rules.findings import Spot, all_words, rich_texts
from evidence.library.doi_in_text import dois_in
from evidence.models import Reference
from evidence.rules.sentences import as_read
from evidence.rules.typed_lists import is_entry_of, typed_lists
from evidence.vocabulary import Status

_PMID = re.compile(
    r"(?:\b(?:PMID|PubMed(?: ID)?)[:#]? ?"
    r"|(?:\bpubmed\.gov|nih\.gov/pubmed|pubmed\.ncbi\.nlm\.nih\.gov"
    r"|\beuropepmc\.org/\w+/MED)/(?:\?term=)?)(\d{4,9})\b",
    re.IGNORECASE,
)
_HREF = re.compile(r'\bhref="([^"]*)"')


def named_retracted(page: Any) -> Iterator[tuple[Spot, Reference]]:
    """Yield the retracted works that ``page`` names, with the first place of each.

    By DOI or PubMed number, in words or in the address of a link; in a typed list of
    references by title as well. Those that a correction or a note on what has changed
    names are what it is about.
    """
    texts = [(spot, words) for spot, words in all_words(page)]
    texts += [
        (spot, unescape(address))
        for spot, source in rich_texts(page)
        for address in _HREF.findall(source)
    ]
    numbered = [
        (spot, numbers)
        for spot, text in texts
        if (numbers := _numbers_in(text)) and not _tells_a_change(page, spot)
    ]
    lists = typed_lists(page)
    if not (numbered or lists):
        return
    retracted = Reference.objects.filter(status=Status.RETRACTED)
    for work in retracted.order_by("pk"):
        own = {work.doi.casefold(), work.pmid} - {""}
        spots = [spot for spot, numbers in numbered if own & numbers]
        spots += [
            listed.place
            for listed in lists
            if any(is_entry_of(work, entry) for entry in listed.entries.values())
        ]
        if spots:
            yield spots[0], work


def _tells_a_change(page: Any, spot: Spot) -> bool:
    if isinstance(spot, Place):
        outermost = getattr(page, spot.field)[spot.position].block
        return isinstance(outermost, CorrectionBlock)
    return spot == "change_note"


def _numbers_in(text: str) -> set[str]:
    words = " ".join(as_read(text).split())
    return {doi.casefold() for doi in dois_in(words) if doi} | {*_PMID.findall(words)}
