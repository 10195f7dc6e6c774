"""Which review, if any, covers a version of a page."""

from typing import Any

from review.history.settled import Settled, says_the_same, settled_in
from review.models.records import ReviewRecord
from review.spelling import is_spelling
from review.versions import Version, version_of


def covering(page: Any) -> ReviewRecord | None:
    """Return the newest record that covers ``page`` as it is.

    It is of the very same words, or of words of which only the spelling has changed
    since: then the editor says so, and the two are compared. What readers see as
    reviewed stays so, also when a release has changed what a digest is made of, and
    when somebody named in a published correction is forgotten.
    """
    records = list(ReviewRecord.objects.of(page)) if page.pk else []
    if not records:
        return None
    said = version_of(page)
    for record in records:
        if record.digest == said.digest:
            return record
    if page.review_id and page.reviewed_digest == said.digest:
        return next((each for each in records if each.pk == page.review_id), None)
    settled = settled_in(page)
    if (shown := _of_the_live_page(page, said, settled)) is not None:
        return shown
    for record in records if settled else ():
        if says_the_same(said, record.version, settled):
            return record
    if not page.spelling_only or page.significant_change:
        return None
    return next((each for each in records if is_spelling(each.version, said)), None)


def _of_the_live_page(
    page: Any, said: Version, settled: Settled
) -> ReviewRecord | None:
    """Return the review of the published page, if it says what ``said`` says."""
    reviewed = type(page)._default_manager.filter(
        pk=page.pk, live=True, review__isnull=False, changed_since_review=None
    )
    live = reviewed.select_related("review").first()
    if live is None or not says_the_same(said, version_of(live), settled):
        return None
    record: ReviewRecord = live.review
    return record
