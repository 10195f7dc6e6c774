"""How reviews are fetched for the pages that show them."""

from collections.abc import Iterable
from typing import Any

from core.prefetch.sources import Relation, Source, register_source
from people.models import PersonPage
from review.models.records import ReviewRecord


@register_source
class ReviewSource(Source):
    """Records with the profiles of who reviewed."""

    model = ReviewRecord
    refers_to = (PersonPage,)

    def fetch(self, pks: Any, site: Any) -> dict[int, Any]:
        return ReviewRecord.objects.in_bulk(pks)

    def relations(self, record: Any) -> Iterable[Relation]:
        yield record, "person"
