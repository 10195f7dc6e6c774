"""``manage.py backup``: the database and all uploads in one encrypted file."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backup.alone import Busy, alone_with_keys
from core.backup.writing import ahead_of, write


class Command(BaseCommand):
    help = (
        "Write the database and all uploads to one encrypted file, while the site "
        "runs. FIELD_KEYS and the private key that reads it are not in it: keep them "
        "apart."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where backups lie")
        parser.add_argument(
            "--recipients",
            type=Path,
            required=True,
            help="a file with age's public keys, one in each line",
        )
        parser.add_argument(
            "--keep",
            type=int,
            help="delete all but so many of the newest (default: delete none)",
        )

    def handle(
        self,
        *args: Any,
        folder: Path,
        recipients: Path,
        keep: int | None,
        **options: Any,
    ) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep is 1 or more.")
        if not recipients.is_file():
            raise CommandError(f"There is no file of public keys: {recipients}")
        try:
            with alone_with_keys():
                path, manifest = write(folder, recipients, keep)
        except Busy as error:
            raise CommandError(f"No backup was written. {error.sentence}") from error
        except (OSError, sqlite3.Error, psycopg.Error, CommandError) as error:
            raise CommandError(
                f"No backup was written, and the earlier ones are untouched. {error}"
            ) from error
        for store in manifest.elsewhere:
            self.stderr.write(f"Not in it: the store “{store}”, which is a bucket.")
        if ahead := ahead_of(path):
            self.stderr.write(
                f"The names of {len(ahead)} backups lie ahead, such as {ahead[-1]}: is "
                "the clock right? They are kept until then; if it was wrong when they "
                "were made, delete them once there are enough others."
            )
        self.stdout.write(str(path))
