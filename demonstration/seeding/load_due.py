"""Loads what has a date, so that the report on what is due has something to tell."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from demonstration.content.due import (
    COMES_OFF_AFTER,
    EVENING,
    GOES_LIVE_AFTER,
    HOURS,
    NEVER_APPROVED_AFTER,
)
from demonstration.content.shapes import Page
from demonstration.seeding.resolve import Resolver
from home.models import ContentPage


def load_due(known: Resolver) -> None:
    """Schedule one page, and leave a date on another that nobody approves."""
    evening = _draft(known, EVENING)
    evening.go_live_at = _after(GOES_LIVE_AFTER)
    evening.expire_at = _after(COMES_OFF_AFTER)
    evening.save_revision().publish()
    hours = _draft(known, HOURS)
    hours.go_live_at = _after(NEVER_APPROVED_AFTER)
    hours.save_revision()


def _draft(known: Resolver, page: Page) -> Any:
    made = ContentPage(
        title=page.title,
        slug=page.slug,
        seo_title=page.seo_title,
        search_description=page.search_description,
        standfirst=page.standfirst,
        body=json.dumps(known.stream(f"{page.key}/body", page.body)),
        live=False,
    )
    above = known.pages[page.parent]
    above.refresh_from_db()
    above.add_child(instance=made)
    return made


def _after(days: int) -> datetime:
    day: date = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(8)))
