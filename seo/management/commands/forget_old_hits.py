"""Forgets old counts of redirects, and of addresses that are not there."""

from typing import Any

from django.core.management.base import BaseCommand

from seo.not_found.storing import forget_old
from seo.redirects.counting import DAYS_KEPT, forget_old_days


class Command(BaseCommand):
    help = (
        "Deletes what the 404 log has counted before NOT_FOUND_DAYS, addresses that "
        "nobody has asked for since, and how often redirects were followed before "
        f"{DAYS_KEPT} days. May be stopped and run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Addresses forgotten: {forget_old()}")
        self.stdout.write(f"Days of redirects forgotten: {forget_old_days()}")
