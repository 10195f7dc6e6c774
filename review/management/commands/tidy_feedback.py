"""``manage.py tidy_feedback``: forgets what readers told, when its time is over."""

from typing import Any

from django.core.management.base import BaseCommand

from review.feedback.telling import forget
from review.models.useful_counts import UsefulCount


class Command(BaseCommand):
    help = (
        "Deletes the addresses of readers who reported a problem thirty days after it "
        "is closed or they were told, reports a year after that, and counts of "
        "usefulness after two years. May be stopped and run again at any time. Let it "
        "run each night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        addresses, untold, reports = forget()
        counts = UsefulCount.objects.outdated().delete()[0]
        self.stdout.write(f"Addresses deleted: {addresses}")
        self.stdout.write(f"Of them of readers who were never told: {untold}")
        self.stdout.write(f"Reports deleted: {reports}")
        self.stdout.write(f"Days of answers deleted: {counts}")
