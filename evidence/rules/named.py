"""Works that a page names without citing them, found by their numbers and titles."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from core.publishing.rules.findings import Spot, all_words, rich_texts
from evidence.library.doi_in_text import dois_in
from evidence.models import Reference
from evidence.rules.cited import without_settled
from evidence.rules.typed_lists import is_entry_of, typed_lists
from evidence.vocabulary import Status

_PMID = re.compile(r"\bPMID:? ?(\d{4,9})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{4,9})")
_HREF = re.compile(r'\bhref="([^"]*)"')


def named_retracted(page: Any) -> Iterator[tuple[Spot, Reference]]:
    """Yield the retracted works that ``page`` names, with the first place of each.

    By DOI or PubMed number, in words or in the address of a link; in a typed list of
    references by title as well.
    """
    texts = [(spot, words) for spot, words in all_words(page)]
    texts += [
        (spot, unescape(address))
        for spot, source in rich_texts(page)
        for address in _HREF.findall(source)
    ]
    numbered = [
        (spot, numbers) for spot, text in texts if (numbers := _numbers_in(text))
    ]
    lists = typed_lists(page)
    if not (numbered or lists):
        return
    numbered = without_settled(page, numbered)
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


def _numbers_in(text: str) -> set[str]:
    dois = {doi.casefold() for doi in dois_in(text) if doi}
    return dois | {
        number for match in _PMID.findall(text) for number in match if number
    }
