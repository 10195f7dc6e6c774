"""Publishing rules for cited works."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import problem_of
from evidence.models import TO_BE_COMPLETED
from evidence.rules.adjustable import Adjustable
from evidence.rules.cited import cited
from evidence.rules.named import named_retracted
from evidence.vocabulary import Status


@register
class DanglingCitation:
    """Refuses citations of deleted references, printed as “[?]”."""

    code = "dangling-citation"
    title = _("Citation without its reference")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        found = cited(page)
        for spot, pks in found.spots:
            if set(pks) - found.works.keys():
                yield problem_of(
                    spot,
                    self,
                    gettext(
                        "This cites a reference that is no longer in the library, "
                        "shown as “?”. Take the citation out, or cite another."
                    ),
                )


@register
class IncompleteReference:
    """Refuses citations of works of which only a number is known."""

    code = "incomplete-reference"
    title = _("Cited work of which only a number is known")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, work in cited(page).first_spots():
            if work.title.startswith(TO_BE_COMPLETED):
                number = work.title.removeprefix(TO_BE_COMPLETED)
                yield problem_of(
                    spot,
                    self,
                    gettext(
                        "Of the work {number}, which is cited here, nothing but this "
                        "number is known. Complete its record under References, or "
                        "import a file that has it."
                    ).format(number=number),
                )


@register
class RetractedWork(Adjustable):
    """Refuses citations of works that were retracted."""

    code = "retracted-work"
    title = _("Cited work that was retracted")
    level: Level = "block"
    setting = "retracted_work"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, work in cited(page).first_spots():
            if work.status == Status.RETRACTED:
                yield problem_of(
                    spot,
                    self,
                    gettext(
                        "“{work}”, which is cited here, was retracted. Take the "
                        "citation out and look again at what rests on it."
                    ).format(work=work.short_label),
                    about=str(work.pk),
                )


@register
class NamedRetractedWork:
    """Warns of retracted works that are named without being cited.

    Whoever reports a retraction names the work, too, and says so in the reason.
    """

    code = "named-retracted-work"
    title = _("Work that is named and was retracted")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        refused = {work.pk for _spot, work in cited(page).first_spots()}
        for spot, work in named_retracted(page):
            if work.pk not in refused:
                yield problem_of(
                    spot,
                    self,
                    gettext(
                        "“{work}”, which is named here, was retracted. Take it out and "
                        "look again at what rests on it or, where the text reports "
                        "the retraction, say so as the reason."
                    ).format(work=work.short_label),
                    about=str(work.pk),
                )


_HAPPENED: dict[str, Promise] = {
    Status.CONCERN: _(
        "“{work}”, which is cited here, is under an expression of concern. Read the "
        "notice, and see whether it still supports the text."
    ),
    Status.CORRECTED: _(
        "“{work}”, which is cited here, was corrected after it was published. Read the "
        "notice, and see whether it still supports the text."
    ),
}


@register
class QuestionedWork:
    """Suggests checking cited works with corrections or concerns."""

    code = "questioned-work"
    title = _("Cited work that was corrected or is doubted")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, work in cited(page).first_spots():
            if happened := _HAPPENED.get(work.status):
                sentence = str(happened).format(work=work.short_label)
                yield problem_of(spot, self, sentence)
