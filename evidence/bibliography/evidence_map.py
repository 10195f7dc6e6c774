"""A map of the studies in people that a page cites: what each found, when, in how many.

Pure functions; what is drawn says nothing that the list beneath it does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from evidence.vocabulary import Finding

# Of a row of the drawing, in its own units.
WIDTH, HEIGHT = 200, 44
LARGEST, SMALLEST = 20.0, 4.0
# One study is no map.
FEWEST = 2

_ROWS: dict[Finding, Promise] = {
    Finding.FOR: pgettext_lazy("what studies found", "For"),
    Finding.UNCLEAR: pgettext_lazy("what studies found", "Unclear"),
    Finding.AGAINST: pgettext_lazy("what studies found", "Against"),
}


class Study(NamedTuple):
    """A study in people whose year and finding are known.

    Attributes:
        number: Its number in the list of references.
        work: An `evidence.models.Reference`.
    """

    number: int
    work: Any

    @property
    def finding(self) -> Finding:
        return Finding(self.work.finding)

    @property
    def people(self) -> int:
        return int(self.work.sample_size or 0)


class Dot(NamedTuple):
    """A study in its row: its place on the axis, and an area as large as its people."""

    across: str
    radius: str


@dataclass(frozen=True)
class EvidenceMap:
    """The studies, oldest first, and the years between which they are drawn."""

    studies: Sequence[Study]

    @property
    def first(self) -> int:
        return int(self.studies[0].work.issued_year)

    @property
    def last(self) -> int:
        return int(self.studies[-1].work.issued_year)

    @property
    def rows(self) -> list[tuple[Promise, list[Dot]]]:
        """What studies can find, and a dot for each that did; large ones lie below."""
        by_size = sorted(self.studies, key=lambda study: -study.people)
        return [
            (name, [self._dot(each) for each in by_size if each.finding == finding])
            for finding, name in _ROWS.items()
        ]

    def _dot(self, study: Study) -> Dot:
        years = self.last - self.first
        along = (study.work.issued_year - self.first) / years if years else 0.5
        most = max(each.people for each in self.studies)
        radius = LARGEST * sqrt(study.people / most) if most else SMALLEST
        return Dot(
            f"{LARGEST + along * (WIDTH - 2 * LARGEST):.0f}",
            f"{max(radius, SMALLEST):.1f}",
        )


def evidence_map(studies: Sequence[Study]) -> EvidenceMap | None:
    """Return the map of ``studies``, None where too little is known for one."""
    known = [each for each in studies if each.work.finding and each.work.issued_year]
    if len(known) < FEWEST:
        return None
    return EvidenceMap(sorted(known, key=lambda each: each.work.issued_year))
