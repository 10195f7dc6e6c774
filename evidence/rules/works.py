"""What the gate asks of the works that a page cites."""

from collections.abc import Iterator
from typing import Any

from core.gate import Level, Problem, register
from evidence.models import TO_BE_COMPLETED
from evidence.rules.cited import cited, problem_of
from evidence.vocabulary import Status


@register
class DanglingCitation:
    """A reader would find “[?]” where a source should be."""

    code = "dangling-citation"
    title = "Citation without its reference"
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        found = cited(page)
        for spot, pks in found.spots:
            if set(pks) - found.works.keys():
                yield problem_of(
                    spot,
                    self,
                    "This cites a reference that is no longer in the library, shown as "
                    "“?”. Take the citation out, or cite another.",
                )


@register
class IncompleteReference:
    """A reader would find a bare number in the list of references."""

    code = "incomplete-reference"
    title = "Cited work of which only a number is known"
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, work in cited(page).first_spots():
            if work.title.startswith(TO_BE_COMPLETED):
                number = work.title.removeprefix(TO_BE_COMPLETED)
                yield problem_of(
                    spot,
                    self,
                    f"Of the work {number}, which is cited here, nothing but this "
                    "number is known. Complete its record under References, or import "
                    "a file that has it.",
                )


@register
class RetractedWork:
    """What was taken back supports nothing, unless that is what a text is about."""

    code = "retracted-work"
    title = "Cited work that was retracted"
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, work in cited(page).first_spots():
            if work.status == Status.RETRACTED:
                yield problem_of(
                    spot,
                    self,
                    f"“{work.short_label}”, which is cited here, was retracted. Take "
                    "the citation out and look again at what rests on it.",
                )


_HAPPENED: dict[str, str] = {
    Status.CONCERN: "is under an expression of concern",
    Status.CORRECTED: "was corrected after it was published",
}


@register
class QuestionedWork:
    """What is doubted or was put right may no longer say what it is cited for."""

    code = "questioned-work"
    title = "Cited work that was corrected or is doubted"
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, work in cited(page).first_spots():
            if happened := _HAPPENED.get(work.status):
                yield problem_of(
                    spot,
                    self,
                    f"“{work.short_label}”, which is cited here, {happened}. Read the "
                    "notice, and see whether it still bears out the text.",
                )
