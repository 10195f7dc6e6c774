"""What the claims of a page say, and which of its works they rest on.

Pure functions: nothing is asked of the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext

from core.prefetch.walk import Place
from evidence.bibliography.evidence_map import Study
from evidence.claim_block import ClaimBlock, direct_works
from evidence.vocabulary import (
    Certainty,
    Direction,
    Finding,
    Species,
    Status,
    not_in_people,
)

_NOT_IN_PEOPLE = (Species.ANIMAL, Species.LABORATORY)
# For and against first; what says neither, and what was not in people, behind.
_GROUPS = [*Finding.values, "", *_NOT_IN_PEOPLE]


class Group(NamedTuple):
    """Works of a claim that say the same of it.

    Attributes:
        name: What they say, or in what they were done; "" where nobody says so of any.
        works: With their numbers in the list of references, the oldest first.
    """

    name: str
    works: list[Study]


@dataclass
class Claimed:
    """A claim as the evidence panel prints it.

    Attributes:
        outcome: What it is about.
        people: Whom it is about, "" where that is left open.
        direction: What the works say of it, "" in a draft that leaves it open and
            where none of them is left that says so.
        certainty: The grade in words, "" for none.
        works: Those that studied it, the oldest first; a retracted one is not among
            them.
        elsewhere: Those that studied something else.
    """

    outcome: str
    people: str
    direction: str
    certainty: str
    works: list[Study] = field(default_factory=list)
    elsewhere: list[Study] = field(default_factory=list)

    @property
    def groups(self) -> list[Group]:
        """The works by what they say; last, what says nothing of it."""
        by_group: dict[str, list[Study]] = {}
        for study in self.works:
            by_group.setdefault(_group_of(study.work), []).append(study)
        is_one = len(by_group) == 1
        found = [
            Group("" if is_one and not code else _named(code), by_group[code])
            for code in _GROUPS
            if code in by_group
        ]
        if self.elsewhere:
            found.append(Group(gettext("On another subject"), self.elsewhere))
        return found


def _group_of(work: Any) -> str:
    return not_in_people(work.study_design, work.species) or str(work.finding)


def _named(code: str) -> str:
    if code in _NOT_IN_PEOPLE:
        return capfirst(str(Species(code).label))
    return capfirst(str(Finding(code).label)) if code else gettext("Others")


def claims_in(places: Iterable[Place]) -> list[Any]:
    """Return the values of the `ClaimBlock`s among ``places``."""
    return [
        place.value
        for place in places
        if isinstance(place.block, ClaimBlock) and place.value
    ]


def claimed(places: Iterable[Place], works: Sequence[Any]) -> list[Claimed]:
    """Return the claims of a page with the works behind them.

    Args:
        places: Every block of the page.
        works: The page's references, in the order of their numbers.
    """
    numbers = {work.pk: number for number, work in enumerate(works, start=1)}
    return [_claimed(value, numbers) for value in claims_in(places)]


def _claimed(value: Any, numbers: dict[int, int]) -> Claimed:
    direction, grade = value.get("direction"), value.get("grade")
    if bool(direct_works(value)) == (direction == Direction.NONE):
        # Nothing is left that says so, or studies stand beside “No study”.
        direction = grade = None
    claim = Claimed(
        (value.get("outcome") or "").strip(),
        (value.get("people") or "").strip(),
        Direction(direction).sentence if direction else "",
        str(Certainty(grade).label) if grade else "",
    )
    for each in value.get("works") or ():
        work = each.get("reference")
        number = numbers.get(work.pk) if work else None
        if number is None or work.status == Status.RETRACTED:
            continue
        is_elsewhere = bool(each.get("on_another_subject"))
        kept = claim.elsewhere if is_elsewhere else claim.works
        kept.append(Study(number, work))
    for kept in (claim.works, claim.elsewhere):
        kept.sort(key=lambda study: (study.work.issued_year or 0, study.number))
    return claim
