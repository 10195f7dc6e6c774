"""``manage.py send_due_digests``: tells colleagues what has come near."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from review.due.digest import send_digests


class Command(BaseCommand):
    help = (
        "E-mail those who want it what is due soon, and has become so since their last "
        "e-mail; once a day for each. Let it run each night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = send_digests()
        self.stdout.write(f"Digests sent: {sent}")
        if failed:
            raise CommandError(f"Digests that failed: {failed}")
