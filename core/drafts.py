"""Versions of a page: what one would change if it went live, and how it is read."""

import json
from typing import Any

from django.db.models import PROTECT, ForeignKey, Model
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


def without_gone(model: type[Model], version: dict[str, Any]) -> dict[str, Any]:
    """Return a stored ``version`` without what it refers to and has been deleted.

    The database keeps a record that a page must have (``PROTECT``) for the page as it
    is, not for its drafts and earlier versions, and modelcluster fails where such a
    record is missing. A row that cannot be without it is left out.
    """
    kept = {**version}
    for field in _protecting(model):
        if field.name in kept:
            kept[field.name] = next(iter(_found(field, [kept[field.name]])), None)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        for field in _protecting(relation.related_model) if name in kept else ():
            found = _found(field, [row.get(field.name) for row in kept[name]])
            kept[name] = [
                row for row in kept[name] if row.get(field.name) in {None, *found}
            ]
    return kept


def _protecting(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is PROTECT
    ]


def _found(field: ForeignKey[Any, Any], pks: list[Any]) -> set[Any]:
    """Return those of ``pks`` that ``field`` can still refer to."""
    given = {pk for pk in pks if pk is not None}
    others = field.remote_field.model._default_manager.filter(pk__in=given)
    return set(others.values_list("pk", flat=True)) if given else set()
