"""What a page's draft would change if it went live."""

import json
from typing import Any

from modelcluster.models import get_all_child_relations

from core.walk import stream_fields

# What a publication carries with it, and what the system keeps.
_NOT_CONTENT = frozenset(
    {
        "page_ptr",
        "updated_at",
        "significant_change",
        "override_reason",
        "answered_problems",
    }
)


def changes_content(draft: Any, metadata: frozenset[str]) -> bool:
    """Tell whether ``draft`` says anything else than the page that readers see.

    Args:
        draft: A page as it would be published.
        metadata: Names of the fields that do not count.
    """
    live = type(draft).objects.filter(pk=draft.pk, live=True).first()
    if live is None:
        return True
    fields = {"title"} | {field.name for field in draft._meta.local_fields}
    relations = {r.get_accessor_name() for r in get_all_child_relations(type(draft))}
    before, after = live.serializable_data(), draft.serializable_data()
    # PostgreSQL gives the keys of stored streams back in an order of its own.
    streams = {field.name for field in stream_fields(draft)}
    for version in (before, after):
        version |= {name: json.loads(version[name]) for name in streams}
    return any(
        _bare(before.get(name)) != _bare(after.get(name))
        for name in (fields | relations) - metadata - _NOT_CONTENT - {"comments"}
    )


def _bare(value: Any) -> Any:
    """Return child rows without the keys that only the database knows."""
    if not isinstance(value, list):
        return value
    return [
        {name: part for name, part in row.items() if name != "pk"}
        if isinstance(row, dict)
        else row
        for row in value
    ]
