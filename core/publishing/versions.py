"""Compares and restores versions of a page."""

import json
from collections import Counter
from typing import Any

from django.db.models import PROTECT, ForeignKey, Model
from django.utils.html import strip_tags
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME

from core.prefetch.walk import stream_fields
from seo.crawling.stored import SWITCHES

# What a publication carries with it.
_OF_A_PUBLICATION = frozenset(
    {"significant_change", "override_reason", "answered_problems"}
)
# When it comes and goes, which is decided with the content.
_DATES = frozenset({"go_live_at", "expire_at"})
# More words than somebody deletes without thinking of it.
MANY_WORDS = 20
# What storing and publishing write themselves. A name that is missing here costs a
# second look at the same version, no more.
_KEPT_BY_SYSTEM = frozenset(
    {
        "pk",
        "page_ptr",
        "content_type",
        "path",
        "depth",
        "numchild",
        "url_path",
        "draft_title",
        "live",
        "expired",
        "has_unpublished_changes",
        "live_revision",
        "latest_revision",
        "latest_revision_created_at",
        "first_published_at",
        "last_published_at",
        "updated_at",
        COMMENTS_RELATION_NAME,
        *SWITCHES,
    }
)


def changes_content(draft: Any, metadata: frozenset[str]) -> bool:
    """Return whether ``draft`` differs in content or dates from the published page.

    Args:
        draft: A page as it would be published.
        metadata: Names of the fields that do not count.
    """
    live = type(draft).objects.filter(pk=draft.pk, live=True).first()
    if live is None:
        return True
    fields = {"title", *_DATES} | {field.name for field in draft._meta.local_fields}
    relations = {r.get_accessor_name() for r in get_all_child_relations(type(draft))}
    before, after = content(live), content(draft)
    of_a_publication = _OF_A_PUBLICATION | draft.of_one_publication.keys()
    return any(
        before.get(name) != after.get(name)
        for name in (fields | relations) - metadata - of_a_publication
    )


def is_reduced(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Return whether much was deleted between two versions.

    That is a block, an item of a list, a row, or more than `MANY_WORDS`.
    """
    had, has = _held(before), _held(after)
    lost = had - has
    return any(kind == "part" for kind, _ in lost) or lost.total() > MANY_WORDS


def _held(version: Any, name: str = "") -> Counter[tuple[str, Any]]:
    """Count the words and part ids in a stored version."""
    held: Counter[tuple[str, Any]] = Counter()
    match version:
        case dict():
            # Rows get new keys when they are published, blocks keep theirs.
            held["part", version.get("id") or name] += 1
            for key, value in version.items():
                if key not in _KEPT_BY_SYSTEM | {"id"}:
                    held += _held(value, key)
        case list():
            for value in version:
                held += _held(value, name)
        case str() if version.startswith('[{"type":'):  # a stream, stored as text
            return _held(json.loads(version))
        case str():
            held.update(("word", word) for word in strip_tags(version).split())
    return held


def content(page: Any) -> dict[str, Any]:
    """Return what publishing ``page`` would store: fields, child rows and reason.

    Left out is what only storing and publishing change, so that the same version gives
    the same answer in the form, in a revision and in the tree.
    """
    version: dict[str, Any] = page.serializable_data()
    # PostgreSQL gives the keys of stored streams back in an order of its own.
    for field in stream_fields(page):
        version[field.name] = json.loads(version[field.name])
    for relation in get_all_child_relations(type(page)):
        name, own = relation.get_accessor_name(), {"pk", relation.field.name}
        version[name] = [
            {key: part for key, part in row.items() if key not in own}
            for row in version[name]
        ]
    return {name: part for name, part in version.items() if name not in _KEPT_BY_SYSTEM}


def without_gone(model: type[Model], version: dict[str, Any]) -> dict[str, Any]:
    """Return a stored ``version`` without references to deleted records.

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
    """Return the ``pks`` that still exist for ``field``."""
    given = {pk for pk in pks if pk is not None}
    others = field.remote_field.model._default_manager.filter(pk__in=given)
    return set(others.values_list("pk", flat=True)) if given else set()
