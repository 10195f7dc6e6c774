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
from review.versions import version_of


@register
class Unreviewed:
    """Warns of a medical page that was never reviewed; refuses one changed since."""

    code = "unreviewed"
    title = _("Medical page without a review of this version")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not isinstance(page, ReviewedMixin) or not page.is_medical:
            return
        if _shows_its_source(page) or covering(page):
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


def _shows_its_source(page: Any) -> bool:
    """Return whether an alias says what its published source has passed with."""
    if not page.alias_of_id:
        return False
    published = type(page)._default_manager.filter(pk=page.alias_of_id, live=True)
    source = published.first()
    if source is None:
        return False
    return version_of(source).digest == version_of(page).digest
