"""Forgets addresses of the 404 log that nobody has asked for in a while."""

from typing import Any

from django.core.management.base import BaseCommand

from seo.not_found.storing import forget_old


class Command(BaseCommand):
    help = (
        "Deletes what the 404 log has counted before NOT_FOUND_DAYS, and addresses "
        "that nobody has asked for since. May be stopped and run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Addresses forgotten: {forget_old()}")
