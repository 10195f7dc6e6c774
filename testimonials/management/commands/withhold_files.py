"""``manage.py withhold_files``: what a timer runs, since consents end by date."""

from typing import Any

from django.core.management.base import BaseCommand

from testimonials.beyond_consent import withhold_what_is_beyond_consent


class Command(BaseCommand):
    help = (
        "Take portraits, and pictures and videos of stories, out of the public store "
        "when no consent covers them any more, and bring them back when one does. Let "
        "a timer run it every few minutes. Safe to repeat and to interrupt."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        withhold_what_is_beyond_consent()
