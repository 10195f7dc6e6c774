"""Counts the works that a page cites, by kind of study.

Pure functions: nothing is asked of the database, and nothing is typed by an editor. A
work counts as a study in people only where its record says so.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from django.utils.translation import gettext, ngettext, npgettext

from evidence.bibliography.claims import Claimed
from evidence.bibliography.evidence_map import EvidenceMap, Study, evidence_map
from evidence.vocabulary import Design, Species, Status, not_in_people


class Work(Protocol):
    """The interface of a cited work; an `evidence.models.Reference` has it."""

    study_design: str
    species: str
    status: str
    finding: str
    issued_year: int | None
    sample_size: int | None


class Kind(Enum):
    """The kind of evidence of a work; each work has one."""

    TRIAL = "trial"
    OBSERVATIONAL = "observational"
    CASES = "cases"
    REVIEW = "review"
    GUIDELINE = "guideline"
    ANIMAL = "animal"
    LABORATORY = "laboratory"
    OPINION = "opinion"
    UNCLASSIFIED = "unclassified"

    def named(self, count: int) -> str:
        """Return the kind as readers see it, for ``count`` works."""
        match self:
            case Kind.TRIAL:
                return ngettext("trial in people", "trials in people", count)
            case Kind.OBSERVATIONAL:
                return ngettext(
                    "observational study of people",
                    "observational studies of people",
                    count,
                )
            case Kind.CASES:
                return ngettext(
                    "report of single cases", "reports of single cases", count
                )
            case Kind.REVIEW:
                return ngettext(
                    "review of earlier studies", "reviews of earlier studies", count
                )
            case Kind.GUIDELINE:
                return npgettext("counted", "guideline", "guidelines", count)
            case Kind.ANIMAL:
                return ngettext("study in animals", "studies in animals", count)
            case Kind.LABORATORY:
                return npgettext(
                    "counted", "laboratory study", "laboratory studies", count
                )
            case Kind.OPINION:
                return npgettext(
                    "counted", "opinion or editorial", "opinions or editorials", count
                )
            case Kind.UNCLASSIFIED:
                return ngettext(
                    "other work, not classified by kind of study",
                    "other works, not classified by kind of study",
                    count,
                )


# What sums up or judges the work of others, whatever that was done in.
_SECONDARY = {
    Design.SYSTEMATIC_REVIEW: Kind.REVIEW,
    Design.REVIEW: Kind.REVIEW,
    Design.GUIDELINE: Kind.GUIDELINE,
    Design.OPINION: Kind.OPINION,
}
_IN_PEOPLE = {
    Design.RANDOMISED_TRIAL: Kind.TRIAL,
    Design.TRIAL: Kind.TRIAL,
    Design.COHORT: Kind.OBSERVATIONAL,
    Design.CASE_CONTROL: Kind.OBSERVATIONAL,
    Design.CROSS_SECTIONAL: Kind.OBSERVATIONAL,
    Design.CASE_SERIES: Kind.CASES,
}

_STUDIES = set(_IN_PEOPLE.values())


def kind_of(design: str, species: str) -> Kind:
    """Return the kind of a work by its study design and subjects."""
    if not design:
        return Kind.UNCLASSIFIED
    if design in _SECONDARY:
        return _SECONDARY[Design(design)]
    if others := not_in_people(design, species):
        return Kind.ANIMAL if others == Species.ANIMAL else Kind.LABORATORY
    if species == Species.HUMAN and design in _IN_PEOPLE:
        return _IN_PEOPLE[Design(design)]
    return Kind.UNCLASSIFIED


@dataclass
class EvidenceBase:
    """The works that a page cites, each counted once.

    ``retracted``, ``of_concern`` and ``corrected`` hold pairs of a work's number in the
    list of references and the work. What was retracted counts as nothing. ``claims``
    says what works are cited for.
    """

    counts: Counter[Kind] = field(default_factory=Counter)
    randomised: int = 0
    systematic: int = 0
    not_in_people: int = 0
    newest: int | None = None
    in_people: list[Study] = field(default_factory=list)
    retracted: list[tuple[int, Any]] = field(default_factory=list)
    of_concern: list[tuple[int, Any]] = field(default_factory=list)
    corrected: list[tuple[int, Any]] = field(default_factory=list)
    claims: list[Claimed] = field(default_factory=list)

    @property
    def map(self) -> EvidenceMap | None:
        """What the studies in people found, drawn; None where too little is known."""
        return evidence_map(self.in_people)

    def add_claims(self, claims: list[Claimed]) -> None:
        """Say what works are cited for; what studied something else is not drawn."""
        self.claims = claims
        elsewhere = {each.number for claim in claims for each in claim.elsewhere}
        elsewhere -= {each.number for claim in claims for each in claim.works}
        self.in_people = [s for s in self.in_people if s.number not in elsewhere]

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The count and name of each kind: 3, “trials in people”."""
        found = []
        for kind in Kind:
            if count := self.counts[kind]:
                said = [kind.named(count), *self._of_them(kind, count)]
                found.append((count, ", ".join(said)))
        return found

    def _of_them(self, kind: Kind, count: int) -> list[str]:
        """Return a remark about some works of a kind, "" for none."""
        if kind is Kind.TRIAL:
            return [_randomised(self.randomised, count)]
        if kind is not Kind.REVIEW:
            return []
        said = [
            _systematic(self.systematic, count),
            _not_in_people(self.not_in_people, count),
        ]
        return [each for each in said if each]


def evidence_base(works: Iterable[tuple[int, Work]]) -> EvidenceBase:
    """Count ``works``, given with their numbers in the list, each of them once."""
    base = EvidenceBase()
    for number, work in works:
        if work.status == Status.RETRACTED:
            base.retracted.append((number, work))
            continue
        if work.status == Status.CONCERN:
            base.of_concern.append((number, work))
        elif work.status == Status.CORRECTED:
            base.corrected.append((number, work))
        kind = kind_of(work.study_design, work.species)
        base.counts[kind] += 1
        if kind in _STUDIES:
            base.in_people.append(Study(number, work))
        if kind is Kind.TRIAL:
            base.randomised += work.study_design == Design.RANDOMISED_TRIAL
        elif kind is Kind.REVIEW:
            base.systematic += work.study_design == Design.SYSTEMATIC_REVIEW
            base.not_in_people += bool(not_in_people(work.study_design, work.species))
        base.newest = max(filter(None, [base.newest, work.issued_year]), default=None)
    return base


def _randomised(part: int, whole: int) -> str:
    if not part:
        return ngettext("not randomised", "none of them randomised", whole)
    said = _whole(part, whole)
    return {
        "one": gettext("randomised"),
        "both": gettext("both randomised"),
        "all": gettext("all randomised"),
        "": ngettext("%(n)d of them randomised", "%(n)d of them randomised", part),
    }[said] % {"n": part}


def _systematic(part: int, whole: int) -> str:
    if not part:
        return ""
    return {
        "one": gettext("systematic"),
        "both": gettext("both systematic"),
        "all": gettext("all systematic"),
        "": ngettext("%(n)d of them systematic", "%(n)d of them systematic", part),
    }[_whole(part, whole)] % {"n": part}


def _not_in_people(part: int, whole: int) -> str:
    if not part:
        return ""
    return {
        "one": gettext("on animals or laboratory work"),
        "both": gettext("both on animals or laboratory work"),
        "all": gettext("all on animals or laboratory work"),
        "": ngettext(
            "%(n)d of them on animals or laboratory work",
            "%(n)d of them on animals or laboratory work",
            part,
        ),
    }[_whole(part, whole)] % {"n": part}


def _whole(part: int, whole: int) -> str:
    """Return words for ``part`` of ``whole``, "" where the number itself is printed."""
    if part < whole:
        return ""
    return {1: "one", 2: "both"}.get(whole, "all")
