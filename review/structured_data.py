"""What machines are told of a review (JSON-LD)."""

from typing import Any

from people.structured_data import author
from seo.graph import schema


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
