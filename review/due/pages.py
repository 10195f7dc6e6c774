"""Published medical pages, and where their reviews stand."""

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page, get_page_models

from review.models.records import ReviewRecord
from review.reviewed_page import ReviewedMixin

SOON = timedelta(days=30)


def medical_pages() -> Any:
    """Return the published medical pages, with ``review_due_on`` of the newest review.

    An alias is its source's affair.
    """
    wanted = Q(pk__in=[])
    for model in get_page_models():
        if issubclass(model, ReviewedMixin):
            medical = model.objects.filter(is_medical=True, alias_of=None)
            wanted |= Q(pk__in=medical.values("pk"))
    newest = ReviewRecord.objects.filter(page=OuterRef("pk"))
    newest = newest.order_by("-reviewed_at", "-pk")
    return (
        Page.objects.live()
        .filter(wanted)
        .annotate(
            review_due_on=Subquery(newest.values("due_on")[:1]),
            reviewed_by=Subquery(newest.values("name")[:1]),
            reviewed_at=Subquery(newest.values("reviewed_at")[:1]),
        )
    )


def due(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Return those of ``pages`` whose next review is due within `SOON`, or was."""
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    return pages.filter(review_due_on__lte=today + SOON)


def overdue(pages: QuerySet[Page]) -> QuerySet[Page]:
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    return pages.filter(review_due_on__lt=today)


def never_reviewed(pages: QuerySet[Page]) -> QuerySet[Page]:
    return pages.filter(review_due_on=None)
