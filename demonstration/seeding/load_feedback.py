"""Loads reports by readers, and how useful they found pages."""

from datetime import timedelta

from django.utils import timezone

from demonstration.content.feedback import AUDIT, REPORTS, USEFUL
from demonstration.seeding.resolve import Resolver
from review.models import AccessibilityAudit, ReaderReport, UsefulCount


def load_feedback(known: Resolver) -> None:
    """Make the reports, and a day of answers for each of the last weeks."""
    now = timezone.now()
    for report in REPORTS:
        received = now - timedelta(days=report.days_ago)
        is_closed = report.status not in ReaderReport.OPEN
        ReaderReport.objects.create(
            page_id=known.pages[report.article].pk,
            kind=report.kind,
            passage=report.passage,
            text=report.text,
            language="en-gb",
            received_at=received,
            status=report.status,
            answer=report.answer,
            closed_at=received + timedelta(days=2) if is_closed else None,
            **({"email": report.email} if report.email else {}),
        )
    AccessibilityAudit.objects.create(**AUDIT)
    today = timezone.localdate()
    UsefulCount.objects.bulk_create(
        UsefulCount(
            page_id=known.pages[article].pk,
            day=today - timedelta(weeks=ago),
            yes=yes,
            no=no,
        )
        for article, weeks in USEFUL.items()
        for ago, (yes, no) in enumerate(reversed(weeks))
    )
