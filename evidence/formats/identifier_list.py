"""Lists of DOIs and PubMed numbers, one a line, however they are spelt."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from evidence.formats import typed_entry
from evidence.formats.records import INVISIBLE, Found, Refusal, draft
from evidence.formats.text import plain
from evidence.library.doi_in_text import dois_in

_PMID = re.compile(
    r"(?:pmid\s*[:#]?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|nih\.gov/pubmed/)(\d{1,9})\b",
    re.IGNORECASE,
)
_PMCID = re.compile(r"\bPMC\d{1,12}\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,9}")


def is_identifier(line: str) -> bool:
    return bool(numbers_in(line))


def read(text: str) -> Iterator[Found]:
    """Yield a draft for each line, or a refusal when it names no work."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield _read_line(number, plain(line))


def _read_line(number: int, line: str) -> Found:
    numbers, entry = numbers_in(line), typed_entry.read(line)
    if not numbers and (not entry or len(dois_in(line)) > 1):
        return Refusal(number, reason(), line[: typed_entry.LONGEST])
    notes = []
    if entry:
        notes.append(_("It is read from the words of the list: check it."))
    found = draft(number, {**entry, **numbers}, notes)
    if isinstance(found, Refusal) or not typed_entry.may_be(line):
        return found
    return replace(found, typed=line[: typed_entry.LONGEST])


def reason() -> str:
    """Return why a line is refused."""
    return _(
        "This is neither a DOI nor a PubMed number, or more than one, and no work of "
        "the library has its title. Write one on each line, such as "
        "10.1093/brain/awaa333 or PMID 33253391, or enter the work by hand."
    )


def numbers_in(line: str) -> dict[str, str]:
    """Return a line's identifiers; {} where it holds none, or several of a kind."""
    text = " ".join(INVISIBLE.sub("", line).split())
    dois = dois_in(text)
    pmids = set(_PMID.findall(text))
    if not dois and not pmids and _NUMBER.fullmatch(text.strip(" \t,;.")):
        pmids = {text.strip(" \t,;.")}
    pmcids = {found.upper() for found in _PMCID.findall(text)}
    pmcid = next(iter(pmcids), "") if len(pmcids) == 1 else ""
    if len(dois) > 1 or len(pmids) > 1 or not (any(dois) or pmids or pmcid):
        return {}
    return {
        "doi": next(iter(dois), ""),
        "pmid": next(iter(pmids), ""),
        "pmcid": pmcid,
    }
