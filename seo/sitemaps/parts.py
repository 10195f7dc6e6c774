"""The parts of the sitemap: what is listed, and when a part last changed."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.utils import timezone
from wagtail.models import Site, get_page_models

from seo import readers
from seo.models import MetadataMixin

ENTRIES_PER_FILE = 10_000  # the protocol allows 50,000 or 50 MB


class Part(NamedTuple):
    """A part of the sitemap in its index."""

    section: str
    number: int
    changed_at: datetime | None


def listed(site: Site) -> Any:
    """Return the pages of ``site`` that anybody may read, of all types."""
    pages = readers.pages().shown().originals()
    return pages.descendant_of(site.root_page, inclusive=True)


def sections(site: Site) -> dict[str, Any]:
    """Return the pages to list by the name of their type, some of them none."""
    pks = listed(site).values("pk")
    return {
        model._meta.model_name: model.in_sitemap(
            model.objects.filter(pk__in=pks)
        ).order_by("path")
        for model in get_page_models()
        if issubclass(model, MetadataMixin)
    }


def paginator(pages: Any) -> Paginator[Any]:
    """Return the parts of a section, in order of the tree."""
    return Paginator(pages, ENTRIES_PER_FILE)


def parts(site: Site) -> Iterator[Part]:
    """Yield the parts that hold something, with one query for the date of each."""
    for section, pages in sections(site).items():
        parted = paginator(pages)
        if parted.count:
            for number in parted.page_range:
                yield Part(section, number, changed_at(parted.page(number).object_list))


def changed_at(pages: Any) -> datetime | None:
    """Return when any of ``pages`` last changed, None unless all have a date.

    The latest ``modified_at``, worked out by the database: nothing is built for it.
    """
    undated, latest = Q(), {}
    for number, name in enumerate(pages.model.dated_by):
        latest[f"latest_{number}"] = Max(name, filter=undated) if number else Max(name)
        undated &= Q(**{name: None})
    found = pages.aggregate(undated=Count("pk", filter=undated), **latest)
    if found.pop("undated"):
        return None
    return max((_instant(each) for each in found.values() if each), default=None)


def _instant(moment: date) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return timezone.make_aware(datetime.combine(moment, time.min))
