"""``manage.py export_references``: print the library."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from evidence.formats.writers import WRITERS
from evidence.models import Reference


class Command(BaseCommand):
    help = (
        "Print every reference to standard output, in a form that import_references "
        "reads back as it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=WRITERS, default="csl-json")

    def handle(self, *args: Any, **options: Any) -> None:
        references = Reference.objects.unmerged().order_by("pk").iterator()
        for piece in WRITERS[options["format"]].write(references):
            self.stdout.write(piece, ending="")
