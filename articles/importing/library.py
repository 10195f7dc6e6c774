"""Which work of the library an entry of a typed list is."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from articles.importing.tokens import Placeholders
from evidence import names
from evidence.formats import identifier_list
from evidence.formats.records import Draft
from evidence.models import Reference
from evidence.titles import LONG_ENOUGH, comparable

_SENTENCES = re.compile(r"(?<=[.?!:;”\"\u2019])\s+|[“”\"]|\s[\u2013\u2014-]\s|\n")
_YEAR = re.compile(r"(?<![\d/.-])(1[5-9]\d\d|20\d\d)(?!\d)")
_OPENING = {")": "(", "]": "[", "}": "{"}
# How many pieces between full stops a title may consist of.
_PIECES = 4


@dataclass
class Found:
    """What became of an entry.

    Attributes:
        pk: The reference, or what stands for one that would be created; 0: none.
        reason: Why there is none, for an editor.
    """

    pk: int = 0
    reason: str = ""


class _Row(NamedTuple):
    """What of a reference tells which work it is."""

    pk: int
    merged_into: int | None
    doi: str
    pmid: str
    title: str
    issued_year: int | None
    authors: list[names.Name]

    def may_have(self, doi: str, pmid: str) -> bool:
        """Tell whether no number of its own speaks against these, which may be "" ."""
        own = ((self.doi, doi), (self.pmid, pmid))
        return not any(mine and theirs and mine != theirs for mine, theirs in own)

    @property
    def author(self) -> str:
        """The first author's family name as it is compared; "" where there is none."""
        return comparable(names.family_name(self.authors[0])) if self.authors else ""


@dataclass
class Library:
    """The reference library, read once however many entries are looked up.

    Args:
        may_create: Whether works with a DOI or PubMed number that are not in the
            library would be created, as references to be completed.
    """

    may_create: bool = False
    placeholders: Placeholders = field(default_factory=Placeholders)

    @cached_property
    def _rows(self) -> list[_Row]:
        rows = Reference.objects.order_by("pk").values_list(*_Row._fields)
        return [_Row(*row) for row in rows.iterator()]

    @cached_property
    def _dois(self) -> dict[str, int]:
        return {row.doi: row.merged_into or row.pk for row in self._rows if row.doi}

    @cached_property
    def _pmids(self) -> dict[str, int]:
        return {row.pmid: row.merged_into or row.pk for row in self._rows if row.pmid}

    @cached_property
    def _unmerged(self) -> dict[int, _Row]:
        return {row.pk: row for row in self._rows if not row.merged_into}

    @cached_property
    def _titles(self) -> dict[str, dict[int, int | None]]:
        titles: dict[str, dict[int, int | None]] = defaultdict(dict)
        for row in self._rows:
            stands_for = row.merged_into or row.pk
            titles[comparable(row.title)].setdefault(stands_for, row.issued_year)
        return titles

    def find(self, entry: str) -> Found:
        """Return the work that ``entry`` names, by its number or else by its title."""
        numbers = identifiers_of(entry)
        if numbers is None:
            return Found(reason="It names more than one work. Divide it.")
        doi, pmid = numbers
        known = {pk for pk in (self._dois.get(doi, 0), self._pmids.get(pmid, 0)) if pk}
        if len(known) > 1:
            return Found(
                reason="Its DOI and its PubMed number belong to two references of the "
                "library. Correct one of them, or merge these references."
            )
        if known:
            return Found(known.pop())
        found = self._by_title(entry, doi, pmid)
        if found.pk or found.reason:
            return found
        if (doi or pmid) and self.may_create:
            return Found(self.placeholders.reference(doi, pmid))
        number = f" by its {'DOI' if doi else 'PubMed number'}" if doi or pmid else ""
        return Found(reason=f"It is not in the library{number}.")

    def _by_title(self, entry: str, doi: str, pmid: str) -> Found:
        years = {int(year) for year in _YEAR.findall(entry)}
        letters = comparable(entry)
        exact, near = set[int](), set[int]()
        for title in _candidates(entry):
            for pk, year in self._titles.get(title, {}).items():
                work, is_long = self._unmerged[pk], len(title) >= LONG_ENOUGH
                if not work.may_have(doi, pmid):
                    continue
                # Of a short title, the year and the first author must be there, too.
                if year in years and (is_long or work.author in letters):
                    exact.add(pk)
                elif is_long and _is_near(year, years):
                    near.add(pk)
        found = exact or near
        if len(found) > 1:
            return Found(
                reason="Several references of the library have its title. Cite the "
                "right one by hand, or add its DOI in the file."
            )
        return Found(found.pop()) if found else Found()


def _is_near(year: int | None, years: set[int]) -> bool:
    """Tell whether ``year`` may be one of ``years``: first online, then in print."""
    return year is None or not years or any(abs(year - each) < 2 for each in years)


def identifiers_of(entry: str) -> tuple[str, str] | None:
    """Return the DOI and PubMed number in a line; None where there is more than one."""
    line = " ".join(entry.split())
    if not re.search(r"10\.\d|pmid|pubmed|^\W*\d{5,9}\W*$", line, re.IGNORECASE):
        return "", ""
    for found in identifier_list.read(line):
        if isinstance(found, Draft):
            return _without_end(found.fields.get("doi", "")), found.fields.get(
                "pmid", ""
            )
    several = len(re.findall(r"(?<![\w.])10\.\d{4,9}/", line)) > 1
    return None if several else ("", "")


def _without_end(doi: str) -> str:
    """Return a DOI without what ends the sentence that it stands in."""
    while doi:
        opening = _OPENING.get(doi[-1])
        if doi[-1] in ".,;:'\u2019\u201d" or (
            opening and doi.count(opening) < doi.count(doi[-1])
        ):
            doi = doi[:-1]
        else:
            break
    return doi


def _candidates(entry: str) -> Iterator[str]:
    """Yield what in an entry may be a title: runs of pieces between full stops."""
    pieces = [comparable(p) for p in _SENTENCES.split(entry) if p and p.strip()]
    pieces = pieces[:60]
    for start in range(len(pieces)):
        title = ""
        for piece in pieces[start : start + _PIECES]:
            title += piece
            if len(title) > 7:
                yield title
