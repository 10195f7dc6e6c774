"""What machines are told of a review (JSON-LD)."""

from collections.abc import Iterable
from typing import Any

from people.structured_data import author
from seo.graph import schema
from seo.graph.vocabulary import node


def review_properties(shown: Any) -> dict[str, Any]:
    """Return who reviewed the page and when; nothing of a version they have not seen.

    Args:
        shown: A `Shown`, or None.
    """
    if shown is None or shown.changed_on or shown.has_lapsed:
        return {}
    record = shown.record
    person = author(record.person) if record.person else schema.person(name=record.name)
    return {"reviewedBy": person, "lastReviewed": record.reviewed_on.isoformat()}


def correction_properties(corrections: Iterable[Any]) -> dict[str, Any]:
    """Return what was corrected and when.

    Args:
        corrections: `review.history.listing.Correction`s.
    """
    nodes = [
        node("CorrectionComment", text=each.text, datePublished=each.day.isoformat())
        for each in corrections
    ]
    return {"correction": nodes} if nodes else {}
