"""Which review, if any, covers a version of a page."""

from typing import Any

from review.models.records import ReviewRecord
from review.spelling import is_spelling
from review.versions import version_of


def covering(page: Any) -> ReviewRecord | None:
    """Return the newest record that covers ``page`` as it is.

    It is of the very same words, or of words of which only the spelling has changed
    since: then the editor says so, and the two are compared.
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
    if not page.spelling_only or page.significant_change:
        return None
    return next((each for each in records if is_spelling(each.version, said)), None)
