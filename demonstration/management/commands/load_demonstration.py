"""``manage.py load_demonstration``: loads a complete demonstration site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demonstration.seeding.load import load
from home.models import HomePage


class Command(BaseCommand):
    help = "Load the demonstration content into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if HomePage.objects.exists():
            raise CommandError(
                "The site has a front page already. Use an empty database."
            )
        load(self.stdout.write)
