"""The publishing rule for medical pages."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from review.coverage import covering
from review.models.records import ReviewRecord
from review.reviewed_page import ReviewedMixin


@register
class Unreviewed:
    """Warns of a medical page that was never reviewed; refuses one changed since."""

    code = "unreviewed"
    title = _("Medical page without a review of this version")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not isinstance(page, ReviewedMixin) or not page.is_medical:
            return
        # An alias shows what its source has passed with.
        if page.alias_of_id or covering(page):
            return
        last = ReviewRecord.objects.of(page).first() if page.pk else None
        if last is None:
            yield Problem(
                self.code,
                "warn",
                gettext(
                    "No clinician has reviewed this page. Submit it to a workflow with "
                    "a medical review."
                ),
            )
            return
        sentence = gettext(
            "The page has changed since {name} reviewed it on {day}. Submit it for a "
            "new medical review. If only spelling has changed, say so under Medical "
            "review: it must be a few words and no figure."
        )
        day = date_format(last.reviewed_on)
        yield Problem(self.code, "block", sentence.format(name=last.name, day=day))
