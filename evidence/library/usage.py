"""Finds where references are cited, including drafts."""

import json
import re
from collections.abc import Iterable, Iterator, Set
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import Page, ReferenceIndex, Revision

from core.primary_keys import PATTERN
from evidence.models import Reference

# A number by itself, as ids are stored, within quotation marks or without.
_NUMBER = re.compile(rf"(?<![\w-]){PATTERN}(?![\w-])", re.ASCII)
# A reference's id, what cites it, and that one's type and key.
_Found = tuple[int, Any, tuple[int, str]]


class Place(NamedTuple):
    """Something that cites a reference; ``draft`` when its live version does not."""

    title: str
    draft: bool
    source: Any

    def __str__(self) -> str:
        return f"“{self.title}”" + (" (draft)" if self.draft else "")


def references_of(instance: Any) -> Iterator[int]:
    """Yield the id of each reference that a page's fields cite or choose.

    Unlike Wagtail's reference index this reads drafts, too.
    """
    for field in instance._meta.get_fields():
        if hasattr(field, "extract_references"):
            value = field.value_from_object(instance)
            for model, pk, *_ in field.extract_references(value) if value else ():
                if model is Reference:
                    yield int(pk)
        elif field.many_to_one and field.related_model is Reference:
            yield from filter(None, [field.value_from_object(instance)])
    if isinstance(instance, ClusterableModel):
        for relation in get_all_child_relations(type(instance)):
            for child in getattr(instance, relation.get_accessor_name()).all():
                yield from references_of(child)


def places(references: Iterable[Reference]) -> dict[Reference, list[Place]]:
    """Map each cited reference to its places, stored ones first.

    What cites a reference that was merged into another cites that one.
    """
    by_pk = {reference.pk: reference for reference in references}
    merged = Reference.objects.filter(merged_into__in=by_pk)
    for pk, kept in merged.values_list("pk", "merged_into"):
        if kept:
            by_pk.setdefault(pk, by_pk[kept])
    found: dict[Reference, list[Place]] = {}
    seen = set()
    for draft, citing in ((False, _indexed(by_pk)), (True, _drafted(by_pk))):
        for pk, source, key in citing:
            reference = by_pk[pk]
            if (reference, key) in seen:
                continue
            seen.add((reference, key))
            unpublished = draft or not getattr(source, "live", True)
            place = Place(str(source), unpublished, source)
            found.setdefault(reference, []).append(place)
    return found


def _indexed(by_pk: dict[int, Reference]) -> Iterator[_Found]:
    """Yield places from Wagtail's reference index, which covers stored pages."""
    entries = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Reference),
        to_object_id__in=[str(pk) for pk in by_pk],
    ).values_list("to_object_id", "base_content_type", "object_id")
    sources: dict[int, set[str]] = {}
    for _, content_type, object_id in entries:
        sources.setdefault(content_type, set()).add(object_id)
    found = {
        (content_type, str(source.pk)): source
        for content_type, ids in sources.items()
        for source in _model(content_type)._default_manager.filter(pk__in=ids)
    }
    oldest_first = sorted(set(entries), key=lambda entry: (len(entry[2]), entry[2]))
    for to_pk, content_type, object_id in oldest_first:
        key = (content_type, object_id)
        # A source may be gone before a background task has taken it off the index.
        if key in found:
            yield int(to_pk), found[key], key


def _drafted(by_pk: dict[int, Reference]) -> Iterator[_Found]:
    """Yield places from the latest and scheduled revisions of pages."""
    page_type = ContentType.objects.get_for_model(Page).pk
    latest = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    revisions = Revision.objects.filter(
        Q(pk__in=latest) | Q(approved_go_live_at__isnull=False),
        base_content_type=page_type,
    ).order_by(F("pk").desc())
    for revision in revisions.iterator():
        if not _mentions(revision.content, by_pk.keys()):
            continue
        page = revision.as_object()
        for pk in set(references_of(page)) & by_pk.keys():
            yield pk, page, (page_type, revision.object_id)


def _mentions(content: Any, pks: Set[int]) -> bool:
    """Return whether a revision mentions any of these ids.

    To make a page of a version takes many queries, and few cite what is asked about.
    """
    return not pks.isdisjoint(map(int, _NUMBER.findall(json.dumps(content))))


def _model(content_type: int) -> Any:
    return ContentType.objects.get_for_id(content_type).model_class()
