"""What a page's statements rest on, counted from the records of the works it cites.

Pure functions: nothing is asked of the database, and nothing is typed by an editor. A
work counts as a study in people only where its record says so.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from evidence.vocabulary import Design, Species, Status


class Work(Protocol):
    """What is asked of a cited work; an `evidence.models.Reference` has it."""

    study_design: str
    species: str
    status: str
    issued_year: int | None


class Kind(Enum):
    """What a work is evidence of, in the words that readers get; each work has one."""

    TRIAL = ("trial in people", "trials in people")
    OBSERVATIONAL = ("observational study of people", "observational studies of people")
    CASES = ("report of single cases", "reports of single cases")
    REVIEW = ("review of earlier studies", "reviews of earlier studies")
    GUIDELINE = ("guideline", "guidelines")
    ANIMAL = ("study in animals", "studies in animals")
    LABORATORY = ("laboratory study", "laboratory studies")
    OPINION = ("opinion or editorial", "opinions or editorials")
    UNCLASSIFIED = (
        "other work, not classified by kind of study",
        "other works, not classified by kind of study",
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


def kind_of(design: str, species: str) -> Kind:
    """Return the kind of a work by its study design and by what was studied in it."""
    if not design:
        return Kind.UNCLASSIFIED
    if design in _SECONDARY:
        return _SECONDARY[Design(design)]
    if species == Species.ANIMAL:
        return Kind.ANIMAL
    if species == Species.LABORATORY or design == Design.LABORATORY:
        return Kind.LABORATORY
    if species == Species.HUMAN and design in _IN_PEOPLE:
        return _IN_PEOPLE[Design(design)]
    return Kind.UNCLASSIFIED


@dataclass
class EvidenceBase:
    """The works that a page cites, each counted once.

    ``retracted``, ``of_concern`` and ``corrected`` hold pairs of a work's number in the
    list of references and the work. What was retracted counts as nothing.
    """

    counts: Counter[Kind] = field(default_factory=Counter)
    randomised: int = 0
    systematic: int = 0
    not_in_people: int = 0
    newest: int | None = None
    retracted: list[tuple[int, Any]] = field(default_factory=list)
    of_concern: list[tuple[int, Any]] = field(default_factory=list)
    corrected: list[tuple[int, Any]] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[int, str]]:
        """How many there are of each kind, and what they are: 3, “trials in people”."""
        found = []
        for kind in Kind:
            if count := self.counts[kind]:
                words = kind.value[count > 1] + self._of_them(kind, count)
                found.append((count, words))
        return found

    def _of_them(self, kind: Kind, count: int) -> str:
        if kind is Kind.TRIAL:
            return _share(self.randomised, count, "randomised") or (
                ", not randomised" if count == 1 else ", none of them randomised"
            )
        if kind is Kind.REVIEW:
            elsewhere = "on animals or laboratory work"
            return _share(self.systematic, count, "systematic") + _share(
                self.not_in_people, count, elsewhere
            )
        return ""


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
        if kind is Kind.TRIAL:
            base.randomised += work.study_design == Design.RANDOMISED_TRIAL
        elif kind is Kind.REVIEW:
            base.systematic += work.study_design == Design.SYSTEMATIC_REVIEW
            base.not_in_people += work.species in {Species.ANIMAL, Species.LABORATORY}
        base.newest = max(filter(None, [base.newest, work.issued_year]), default=None)
    return base


def _share(part: int, whole: int, what: str) -> str:
    """Say how many of them are ``what``: “, 1 of them randomised”; "" for none."""
    if not part:
        return ""
    if whole == 1:
        return f", {what}"
    if part == whole:
        return f", {'both' if whole == 2 else 'all'} {what}"
    return f", {part} of them {what}"
