"""``manage.py remind_of_reviews``: tells reviewers which pages are due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from review.due.reminders import remind
from review.invitations.mailing import forget_addresses


class Command(BaseCommand):
    help = (
        "E-mail those who may approve medical reviews about pages whose next one is "
        "due within thirty days, once for each review, and forget the addresses of "
        "invitations that are over. Let it run each night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = forget_addresses()
        self.stdout.write(f"Addresses forgotten of invitations: {forgotten}")
        sent, failed = remind()
        self.stdout.write(f"Reminders sent: {sent}")
        if failed:
            raise CommandError(f"Reminders that failed: {failed}")
