"""When stories change by themselves, because a day has come."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from delivery import calendar
from testimonials.models.consent import Consent


def next_turn_of_consents(now: datetime) -> datetime | None:
    """Return when a consent next begins or ends, None where none will."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    days = Consent.objects.filter(withdrawn_at=None).aggregate(
        first=models.Min("valid_from", filter=models.Q(valid_from__gt=today)),
        last=models.Min("valid_until", filter=models.Q(valid_until__gte=today)),
    )
    begins = calendar.beginning_of(days["first"]) if days["first"] else None
    ends = calendar.beginning_after(days["last"]) if days["last"] else None
    return min(filter(None, (begins, ends)), default=None)
