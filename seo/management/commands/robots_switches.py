"""``manage.py robots_switches``: between this release and the one before it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from seo.crawling import switches


class Command(BaseCommand):
    help = (
        "Keep hidden from search engines what was hidden, through an upgrade and back. "
        "“write” sets the switches that the release before reads to the rules that "
        "hold, before it runs again. “read” chooses what it has switched on meanwhile, "
        "after it ran. May be repeated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("direction", choices=["read", "write"])

    def handle(
        self, *args: Any, direction: str, verbosity: int, **options: Any
    ) -> None:
        count = switches.read() if direction == "read" else switches.write()
        if verbosity and count:
            self.stdout.write(f"Pages changed: {count}")
