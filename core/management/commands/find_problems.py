"""``manage.py find_problems``: finds new problems of published pages."""

from typing import Any

from django.core.management.base import BaseCommand

from core.publishing.live_problems import look_at_all


class Command(BaseCommand):
    help = (
        "Ask all publishing rules about every published page, and keep what they say "
        "for the dashboard and the report on published pages with problems. Let it "
        "run each night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Published pages with problems: {look_at_all()}")
