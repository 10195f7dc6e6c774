"""When stories change by themselves, because a day has come."""

from datetime import datetime, timedelta

from django.db import models

from delivery import calendar
from testimonials.models.consent import Consent
from testimonials.models.elapsed import next_change_since
from testimonials.models.pages import TestimonialPage


def next_turn_of_consents(now: datetime) -> datetime | None:
    """Return when a consent next begins or ends, None where none will."""
    today = calendar.today(now)
    days = Consent.objects.filter(withdrawn_at=None).aggregate(
        first=models.Min("valid_from", filter=models.Q(valid_from__gt=today)),
        last=models.Min("valid_until", filter=models.Q(valid_until__gte=today)),
    )
    begins = calendar.beginning_of(days["first"]) if days["first"] else None
    ends = calendar.beginning_after(days["last"]) if days["last"] else None
    return min(filter(None, (begins, ends)), default=None)


def next_turn_of_stories(now: datetime) -> datetime | None:
    """Return when a story next says something else, None where none will.

    While an entry of a timeline is to come, that may be the next day.
    """
    today = calendar.today(now)
    stories = TestimonialPage.objects.published()
    days = set(stories.values_list("treated_on", "latest_entry_on"))
    turns = [next_change_since(day, today) for day, _latest in days if day]
    if any(latest is None or latest > today for _day, latest in days):
        turns.append(today + timedelta(days=1))
    return calendar.beginning_of(min(turns)) if turns else None
