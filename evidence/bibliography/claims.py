"""What the claims of a page say, and which of its works they rest on.

Pure functions: nothing is asked of the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.prefetch.walk import Place
from evidence.bibliography.evidence_map import Study
from evidence.claim_block import ClaimBlock, direct_works
from evidence.vocabulary import Certainty, Direction, Finding, Species, Status


class ClaimedWork(Study):
    """A work behind a claim, with its number in the list of references."""

    @property
    def found(self) -> str:
        """What it found, and where not in people, in what; "" where nobody says."""
        if self.work.species in {Species.ANIMAL, Species.LABORATORY}:
            return str(Species(self.work.species).label)
        return str(Finding(self.work.finding).label) if self.work.finding else ""


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
    works: list[ClaimedWork] = field(default_factory=list)
    elsewhere: list[ClaimedWork] = field(default_factory=list)


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
        kept.append(ClaimedWork(number, work))
    for kept in (claim.works, claim.elsewhere):
        kept.sort(key=lambda study: (study.work.issued_year or 0, study.number))
    return claim
