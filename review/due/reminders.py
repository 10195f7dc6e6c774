"""Tells those who review which pages are due."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Site

from core.due.pages import discreet_title
from core.mail import letter
from review.due.kinds import SEE_REVIEWS
from review.due.pages import SOON, due, medical_pages
from review.models.due import DigestChoice
from review.models.records import ReviewReminder
from review.models.tasks import MedicalReviewTask
from users.preferences import speaking_to

logger = logging.getLogger(__name__)


_Missed = ReviewReminder.missed.through


@transaction.atomic
def remind() -> tuple[int, int]:
    """Queue an e-mail to each reviewer; return how many were, and how many failed.

    Each reviewer is told of each review once; the next night tries again what has
    failed. The e-mails name pages and days, and no person.
    """
    readers = list(_readers())
    if not readers:
        return 0, 0
    waiting = due(medical_pages()).order_by("review_due_on", "pk")
    told = ReviewReminder.objects.values("record")
    # The row is unique: of two runs at once, the second waits and then finds it.
    new = {
        page.review_pk
        for page in waiting.exclude(review_pk__in=told)
        if ReviewReminder.objects.get_or_create(record_id=page.review_pk)[1]
    }
    missed = _take_missed()
    sent = failed = 0
    for user in readers:
        owed = new | missed.get(user.pk, set())
        pages = [page for page in waiting if page.review_pk in owed]
        if not pages:
            continue
        if _tell(user, pages):
            sent += 1
        else:
            failed += 1
            records = [page.review_pk for page in pages]
            for reminder in ReviewReminder.objects.filter(record__in=records):
                reminder.missed.add(user)
    return sent, failed


def _take_missed() -> dict[Any, set[Any]]:
    """Return the records by the reviewers who missed their e-mail, and forget them."""
    missed: dict[Any, set[Any]] = {}
    for row in _Missed.objects.select_related("reviewreminder"):
        # Of two runs at once, the second finds nothing to delete.
        if _Missed.objects.filter(pk=row.pk).delete()[0]:
            record = row.reviewreminder.record_id
            missed.setdefault(row.user_id, set()).add(record)
    return missed


def _readers() -> Iterator[Any]:
    """Yield the accounts that may approve at a step of a medical review.

    Not of those whom their digest tells of the same, and as early.
    """
    groups = Q(groups__groupapprovaltask__in=MedicalReviewTask.objects.all())
    users: Any = get_user_model().objects.filter(groups, is_active=True)
    told = DigestChoice.objects.filter(
        what=DigestChoice.What.ALL, days_ahead__gte=SOON.days
    )
    daily = set(told.values_list("user", flat=True))
    users = users.exclude(email="").select_related("wagtail_userprofile")
    for user in users.order_by("pk").distinct():
        rights = ("wagtailadmin.access_admin", SEE_REVIEWS)
        if user.pk not in daily or not user.has_perms(rights):
            yield user


def _tell(user: Any, pages: list[Any]) -> bool:
    """Queue the e-mail to ``user``; return whether it could be."""
    try:
        with transaction.atomic(), speaking_to(user):
            _letter(pages, user.email).send()
    except Exception as error:  # noqa: BLE001  (the others must not wait)
        logger.warning("A reminder was not sent: %s", type(error).__name__)
        return False
    return True


def _letter(pages: list[Any], address: str) -> Any:
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    root = settings.WAGTAILADMIN_BASE_URL
    context = {
        "site_name": site.site_name if site else "",
        "root_url": site.root_url if site else root,
        "report_url": urljoin(root, reverse("review_report")),
        "pages": [
            {
                "title": discreet_title(page) or page.get_admin_display_title(),
                "due_on": page.review_due_on,
                "url": urljoin(
                    root, reverse("wagtailadmin_pages:edit", args=[page.pk])
                ),
            }
            for page in pages
        ],
    }
    subject = gettext("Medical reviews that are due")
    return letter(subject, "review/emails/due", context, [address])
