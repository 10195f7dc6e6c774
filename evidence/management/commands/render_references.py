"""``manage.py render_references``: render the entries of every reference."""

from typing import Any

from django.core.management.base import BaseCommand

from evidence.bibliography import entries
from evidence.models import Reference


class Command(BaseCommand):
    help = (
        "Make the entries of lists of references, in every style, that are not kept "
        "ready on their records or are out of date. Until then pages make them while "
        "they are asked for. Safe to repeat and to interrupt."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for done, total in entries.fill_all(Reference.objects.all()):
            self.stderr.write(f"{done} of {total}", ending="\r")
            self.stderr.flush()
        self.stdout.write(f"{done} references are ready.")
