"""``manage.py import_references FILE``: fill the library from a file."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.importing.changed import Changed
from evidence.formats import detect
from evidence.importing.carrying_out import carry_out
from evidence.importing.plan import plan
from evidence.importing.rows import Action

# What a shell calls a command that was interrupted.
INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Import references from BibTeX, RIS, NBIB (PubMed) or CSL-JSON, or a list of "
        "DOIs and PubMed numbers. New works are created; of works in the library, "
        "blank fields are filled and nothing else is changed. All of it is stored or, "
        "when interrupted, nothing. Exits with 1 when records were refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=argparse.FileType("rb"))
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen; do nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with options["file"] as file:
            data = file.read(detect.LARGEST + 1)
        try:
            contents = detect.read(data)
        except detect.Unreadable as error:
            raise CommandError(f"{Path(file.name).name}: {error}") from None
        rows = plan(contents.records)
        for row in rows:
            if row.action == Action.REFUSE:
                words = f" “{row.title}”" if row.title else ""
                self.stderr.write(f"line {row.line}: refused:{words} {row.reason}")
            for note in row.notes:
                self.stderr.write(f"line {row.line}: {note}")
        counts: Any = Counter(row.action for row in rows)
        if not options["dry_run"]:
            counts = self._store(rows)
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{counts[Action.CREATE]} {would}created, {counts[Action.UPDATE]} "
            f"{would}updated, {counts[Action.MATCH]} in the library already, "
            f"{counts[Action.REFUSE]} refused"
        )
        if counts[Action.REFUSE]:
            raise SystemExit(1)

    def _store(self, rows: Any) -> dict[str, int]:
        work = carry_out(rows)
        try:
            while True:
                done, total = next(work)
                self.stderr.write(f"{done} of {total}", ending="\r")
                self.stderr.flush()
        except StopIteration as end:
            self.stderr.write("")
            result: dict[str, int] = end.value
            return result
        except Changed:
            raise CommandError(
                "Somebody has changed the library meanwhile. Nothing was stored; run "
                "this again."
            ) from None
        except KeyboardInterrupt:
            work.close()
            self.stderr.write("\nInterrupted. Nothing was stored.")
            raise SystemExit(INTERRUPTED) from None
