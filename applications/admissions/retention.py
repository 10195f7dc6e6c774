"""Deletes applications that were to be kept no longer."""

import calendar
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from applications.models.applications import Application
from applications.models.definitions import FormDefinition


def due(moment: datetime | None = None) -> "QuerySet[Application]":
    """Return the applications whose period is over at ``moment``, or now.

    The period is that of the definition they were filled in with: applicants read it.
    """
    now, due = moment or timezone.now(), Q(pk__in=[])
    for definition in FormDefinition.objects.filter(
        content__has_key="retention_months"
    ):
        until = months_before(now, definition.content["retention_months"])
        due |= Q(definition=definition, submitted_at__lte=until)
    return Application.objects.filter(due)


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same time of day so many months earlier, or the month's last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))
