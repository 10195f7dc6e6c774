"""Makes the social pictures that are missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from seo import readers
from seo.social_pictures.making import bring_up_to_date

_SAID_EVERY = 100


class Command(BaseCommand):
    """Makes what is missing, page by page; stopped and run again, it goes on."""

    help = (
        "Makes the social pictures of published pages that have none chosen. Press "
        "Ctrl-C to stop: what was made stays, and the next run makes the rest."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="first",
            type=int,
            default=0,
            metavar="PAGE",
            help="Begin with the page of this number.",
        )

    def handle(self, *args: Any, first: int, **options: Any) -> None:
        pages = (
            readers.pages().shown().filter(pk__gte=first, depth__gt=1).order_by("pk")
        )
        numbers = pages.values_list("pk", flat=True)
        count, drawn = numbers.count(), 0
        for done, pk in enumerate(numbers.iterator(), start=1):
            try:
                drawn += bring_up_to_date(pk)
            except KeyboardInterrupt:
                self.stdout.write(
                    f"Stopped before page {pk}: {drawn} made, {done - 1} of {count} "
                    f"looked at. Go on with --from={pk}."
                )
                return
            if done % _SAID_EVERY == 0:
                self.stdout.write(f"{done} of {count} looked at, {drawn} made")
        self.stdout.write(f"{drawn} social pictures made, {count} pages looked at")
