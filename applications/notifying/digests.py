"""The daily digest: how many applications wait by which form, and nothing else."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Site

from applications.inbox.counting import UNFINISHED, seen_by
from applications.inbox.filters import is_overdue
from applications.models.applications import Application
from applications.models.notification_choices import SentDigest
from applications.models.pages import ApplicationFormPage
from applications.models.site_settings import ApplicationSettings
from applications.notifying.recipients import told_daily
from core.mail import letter
from users.preferences import speaking_to

logger = logging.getLogger(__name__)

_KEPT = timedelta(days=30)


def send_due() -> tuple[int, int]:
    """Send the digests whose hour has come; return how many were sent, and failed.

    Each is sent once a day, and those of days on which this did not run are not made up
    for: numbers are of now.
    """
    now = timezone.localtime()
    today, hour = now.date(), now.hour
    jobs: list[Callable[[], bool]] = []
    default = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    if default:
        for user in told_daily(hour):
            jobs.append(partial(_send_to_user, user, default, today))
    sites = ApplicationSettings.objects.filter(is_daily=True, digest_hour__lte=hour)
    for notified in sites.select_related("site__root_page"):
        if notified.addresses:
            jobs.append(partial(_send_to_site, notified, today))
    sent = failed = 0
    for job in jobs:
        try:
            sent += job()
        except Exception as error:  # noqa: BLE001  (the others must not wait)
            failed += 1
            logger.warning("A digest was not sent: %s", type(error).__name__)
    SentDigest.objects.filter(day__lt=today - _KEPT).delete()
    return sent, failed


def _send_to_user(user: Any, site: Site, today: date) -> bool:
    mine = Q(assignee=user, status__in=UNFINISHED)
    rows = _rows(seen_by(user), mine)
    with speaking_to(user):
        return _send_once(f"user:{user.pk}", today, rows, site, [user.email])


def _send_to_site(notified: ApplicationSettings, today: date) -> bool:
    site = notified.site
    forms = ApplicationFormPage.objects.descendant_of(site.root_page, inclusive=True)
    applications = Application.objects.filter(definition__page__in=forms)
    rows = _rows(applications, mine=Q(pk__in=[]))
    return _send_once(f"site:{site.pk}", today, rows, site, notified.addresses)


def _rows(applications: "QuerySet[Application]", mine: Q) -> Any:
    """Return the forms with anything to tell: title, and how many of each."""
    return (
        applications.order_by()
        .values("definition__page", "definition__page__title")
        .annotate(
            new=Count("pk", filter=Q(status=Application.Status.RECEIVED)),
            mine=Count("pk", filter=mine),
            overdue=Count("pk", filter=is_overdue()),
        )
        .filter(Q(new__gt=0) | Q(mine__gt=0) | Q(overdue__gt=0))
        .order_by("definition__page__title", "definition__page")
    )


def _send_once(
    addressee: str, today: date, rows: Any, site: Site, to: list[str]
) -> bool:
    """Queue a digest unless that was done today; return whether it was queued now.

    In one transaction: killed in between, neither the day nor the e-mail is kept.
    """
    with transaction.atomic():
        if not _claim(addressee, today):
            return False
        forms = [
            {
                "title": row["definition__page__title"],
                "url": _address(row["definition__page"]),
                "new": row["new"],
                "mine": row["mine"],
                "overdue": row["overdue"],
            }
            for row in rows
        ]
        if not forms:
            return False
        letter(
            gettext("Applications that wait"),
            "applications/emails/digest",
            {
                "forms": forms,
                "site_name": site.site_name or site.hostname,
                "root_url": site.root_url,
            },
            to,
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
    return True


def _claim(addressee: str, today: date) -> bool:
    """Return whether the day is ours: of several at once, it is one's alone."""
    _, is_new = SentDigest.objects.get_or_create(
        addressee=addressee, defaults={"day": today}
    )
    earlier = SentDigest.objects.filter(addressee=addressee, day__lt=today)
    return is_new or bool(earlier.update(day=today))


def _address(form_pk: int) -> str:
    path = reverse("application:index")
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}?form={form_pk}"
