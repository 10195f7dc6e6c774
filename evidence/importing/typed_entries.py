"""Matches entries of a typed list of references with the library."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from evidence.formats import identifier_list
from evidence.library import names
from evidence.library.title_keys import LONG_ENOUGH, comparable
from evidence.models import Reference

_SENTENCES = re.compile(r"(?<=[.?!:;”\"\u2019])\s+|[“”\"]|\s[\u2013\u2014-]\s|\n")
_YEAR = re.compile(r"(?<![\d/.-])(1[5-9]\d\d|20\d\d)(?!\d)")
# How many pieces between full stops a title may consist of.
_PIECES = 4


@dataclass
class Found:
    """The match of an entry: a reference of the library, or none.

    Attributes:
        pk: The reference; 0: none.
        reason: Why there is none, for an editor.
        numbers: What a record could be made of where there is none.
    """

    pk: int = 0
    reason: str = ""
    numbers: "Numbers | None" = None


class Numbers(NamedTuple):
    """The numbers in an entry, blank where there is none."""

    doi: str = ""
    pmid: str = ""
    pmcid: str = ""


class _Row(NamedTuple):
    """The identifying fields of a reference."""

    pk: int
    merged_into: int | None
    doi: str
    pmid: str
    pmcid: str
    title: str
    issued_year: int | None
    authors: list[names.Name]

    def may_have(self, doi: str, pmid: str) -> bool:
        """Return whether its numbers agree with these, as far as both are known."""
        own = ((self.doi, doi), (self.pmid, pmid))
        return not any(mine and theirs and mine != theirs for mine, theirs in own)

    @property
    def author(self) -> str:
        """The first author's family name as it is compared; "" where there is none."""
        return comparable(names.family_name(self.authors[0])) if self.authors else ""


class TypedEntries:
    """Looks entries up in the reference library, which is read once however many."""

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
    def _pmcids(self) -> dict[str, int]:
        return {row.pmcid: row.merged_into or row.pk for row in self._rows if row.pmcid}

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
            return Found(reason=_("It names more than one work. Divide it."))
        doi, pmid, pmcid = numbers
        known = {pk for pk in (self._dois.get(doi, 0), self._pmids.get(pmid, 0)) if pk}
        known = known or {pk for pk in (self._pmcids.get(pmcid, 0),) if pk}
        if len(known) > 1:
            return Found(
                reason=_(
                    "Its DOI and its PubMed number belong to two references of the "
                    "library. Correct one of them, or merge these references."
                )
            )
        if known:
            return Found(known.pop())
        found = self._by_title(entry, doi, pmid)
        if found.pk or found.reason:
            return found
        reason = _("It is not in the library.")
        if doi:
            reason = _("It is not in the library by its DOI.")
        elif pmid:
            reason = _("It is not in the library by its PubMed number.")
        return Found(reason=reason, numbers=numbers)

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
                reason=_(
                    "Several references of the library have its title. Cite the right "
                    "one by hand, or add its DOI in the file."
                )
            )
        return Found(found.pop()) if found else Found()


def _is_near(year: int | None, years: set[int]) -> bool:
    """Return whether ``year`` may be one of ``years``: first online, then in print."""
    return year is None or not years or any(abs(year - each) < 2 for each in years)


def identifiers_of(entry: str) -> Numbers | None:
    """Return the numbers in a line; None where there are more than one of a kind."""
    line = " ".join(entry.split())
    if not re.search(r"10\.\d|pmid|pubmed|PMC\d|^\W*\d{5,9}\W*$", line, re.IGNORECASE):
        return Numbers()
    if fields := identifier_list.numbers_in(line):
        return Numbers(**fields)
    several = len(re.findall(r"(?<![\w.])10\.\d{4,9}/", line)) > 1
    return None if several else Numbers()


def _candidates(entry: str) -> Iterator[str]:
    """Yield possible titles in an entry: runs of pieces between full stops."""
    pieces = [comparable(p) for p in _SENTENCES.split(entry) if p and p.strip()]
    pieces = pieces[:60]
    for start in range(len(pieces)):
        title = ""
        for piece in pieces[start : start + _PIECES]:
            title += piece
            if len(title) > 7:
                yield title
