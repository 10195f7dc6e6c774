"""``manage.py send_digests``: tells staff how many applications wait."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from applications.notifying import digests


class Command(BaseCommand):
    help = (
        "Send the daily digests of applications whose hour has come. Let it run each "
        "hour; each is sent once a day, also after a pause, and it may run twice at "
        "once. Exits with 1 when one failed; the next run tries it again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = digests.send_due()
        self.stdout.write(f"Digests sent: {sent}")
        if failed:
            raise CommandError(f"Digests that failed: {failed}")
