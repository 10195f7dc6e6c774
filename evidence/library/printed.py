"""Which references published pages print, as cited or by way of a merged one."""

from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from core.records.printing import pages_printing, pages_read
from evidence.models import Reference
from evidence.vocabulary import Status


def is_told_at_once(before: str, after: str) -> bool:
    """Return whether a status is graver than the last: readers hear of that at once."""
    known = list(Status.values)  # in rising severity
    if before not in known or after not in known:
        return False
    return known.index(after) > known.index(before)


def printed_on(references: Iterable[Reference]) -> list[Page]:
    """Return the published pages that cite any of these, by their titles."""
    return pages_printing(_with_merged(references))


def _with_merged(references: Iterable[Reference]) -> list[Reference]:
    cited = list(references)
    merged = Reference.objects.filter(merged_into__in=[each.pk for each in cited])
    return [*cited, *merged]


def printed_among(pks: Collection[int]) -> dict[int, list[Page]]:
    """Map each of these references to the published pages that print it, if any.

    In a constant number of queries, but for references that other records cite, and
    without what `catch_up` has still to do.
    """
    kept = dict(
        Reference.objects.filter(merged_into__in=pks).values_list("pk", "merged_into")
    )
    kept.update({pk: pk for pk in pks})
    entries = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Reference),
        to_object_id__in=[str(pk) for pk in kept],
    ).values_list("to_object_id", "base_content_type", "object_id")
    page_type = ContentType.objects.get_for_model(Page).pk
    citing: dict[int, set[int]] = {}
    by_records = set()
    for pk, content_type, key in entries:
        reference = kept[int(pk)] or 0
        if content_type == page_type:
            citing.setdefault(reference, set()).add(int(key))
        else:
            by_records.add(reference)
    pages = Page.objects.live().in_bulk({pk for some in citing.values() for pk in some})
    found = {
        reference: [pages[pk] for pk in sorted(some & pages.keys())]
        for reference, some in citing.items()
    }
    for reference in by_records:
        cited = _with_merged(Reference.objects.filter(pk=reference))
        found[reference] = pages_read(cited)
    return {reference: some for reference, some in found.items() if some}
