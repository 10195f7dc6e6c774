"""What is stored with an application that staff have typed in."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from applications.models.applications import Application
from applications.models.drafts import Draft
from applications.models.log_entries import ApplicationLogEntry

ACTION = "applications.enter"


def about(entry: Draft) -> dict[str, Any]:
    """Return how it came, when, and who typed it in, as fields of an application."""
    return {
        "channel": entry.channel,
        "entered_by": entry.entered_by,
        "consent_given": entry.consent_given,
        "tells_applicant": entry.tells_applicant,
        "submitted_at": came_at(entry.received_on or timezone.localdate()),
    }


def came_at(day: date) -> datetime:
    """Return the moment by which what came on ``day`` is ordered: noon, or now."""
    if day >= timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time(12)))


def record(application: Application) -> None:
    """Log who entered it, in the transaction that stores it."""
    ApplicationLogEntry.objects.log_action(
        application,
        ACTION,
        user=application.entered_by,
        data={
            "channel": application.channel,
            "consent_given": application.consent_given,
        },
    )
