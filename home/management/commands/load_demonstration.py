"""``manage.py load_demonstration``: a whole site's worth of content to try."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demonstration.load import load
from home.models import HomePage


class Command(BaseCommand):
    help = "Load the demonstration content into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Demonstration content is not for production settings.")
        if HomePage.objects.exists():
            raise CommandError(
                "The site has a front page already. Use an empty database."
            )
        load(self.stdout.write)
