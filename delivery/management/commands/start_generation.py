"""``manage.py start_generation``: forget every stored page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from delivery.generations import generations
from delivery.purging import queue_purge


class Command(BaseCommand):
    help = (
        "Forget every stored page, in a CDN as well. Needed after the database was "
        "changed by anything but the site, such as psql or a restored backup."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        queue_purge()
        if kept := generations():
            try:
                kept.start()
            except OSError as error:
                raise CommandError(
                    f"Old pages are still kept: {kept.refusal}."
                ) from error
            self.stdout.write("Pages are made anew as they are asked for.")
        else:
            self.stdout.write("No pages are kept here (PAGE_STORE).")
