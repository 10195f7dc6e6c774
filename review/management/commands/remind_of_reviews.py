"""``manage.py remind_of_reviews``: tells reviewers which pages are due."""

from typing import Any

from django.core.management.base import BaseCommand

from review.due.reminders import remind


class Command(BaseCommand):
    help = (
        "E-mail those who may approve medical reviews about pages whose next one is "
        "due within thirty days, once for each review. Let it run each night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Pages told of: {remind()}")
