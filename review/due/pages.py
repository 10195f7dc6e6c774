"""Published medical pages, and where their reviews stand."""

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page, get_page_models

from review.reviewed_page import ReviewedMixin

SOON = timedelta(days=30)


def medical_pages() -> Any:
    """Return the published pages that are medical, or show a review.

    With ``review_pk``, ``review_due_on``, ``reviewed_by``, ``reviewed_at`` and
    ``reviewing_account`` of the review that readers are shown, and
    ``review_changed_on`` where they see another version since. A newer review may be of
    a draft. An alias is its source's affair.
    """
    wanted = Q(pk__in=[])
    models = [each for each in get_page_models() if issubclass(each, ReviewedMixin)]
    for model in models:
        concerned = Q(is_medical=True) | Q(review__isnull=False)
        pages = model.objects.filter(concerned, alias_of=None)
        wanted |= Q(pk__in=pages.values("pk"))

    def shown(name: str) -> Any:
        # A page has one type, so that one of these finds something.
        found = [model.objects.filter(pk=OuterRef("pk")) for model in models]
        return Coalesce(*(Subquery(each.values(name)[:1]) for each in found))

    return (
        Page.objects.live()
        .filter(wanted)
        .annotate(
            review_pk=shown("review"),
            review_due_on=shown("review__due_on"),
            reviewed_by=shown("review__name"),
            reviewed_at=shown("review__reviewed_at"),
            reviewing_account=shown("review__reviewer"),
            review_changed_on=shown("changed_since_review"),
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


def changed(pages: QuerySet[Page]) -> QuerySet[Page]:
    return pages.exclude(review_changed_on=None)
