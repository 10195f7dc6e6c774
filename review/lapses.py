"""When a review that was due is told of on the page."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from delivery import calendar
from review.models.records import ReviewRecord

GRACE = timedelta(days=30)


def is_lapsed(record: Any) -> bool:
    """Return whether the next review was due, and the time of grace is over."""
    zone = timezone.get_default_timezone()
    return bool(record.due_on + GRACE < timezone.localdate(timezone=zone))


def next_lapse(now: datetime) -> datetime | None:
    """Return when the next page says by itself that its review was due."""
    zone = timezone.get_default_timezone()
    first_due = timezone.localdate(now, zone) - GRACE
    due = (
        ReviewRecord.objects.filter(due_on__gte=first_due)
        .order_by("due_on")
        .values_list("due_on", flat=True)
        .first()
    )
    return calendar.beginning_after(due + GRACE) if due else None
