"""``manage.py restore``: database and uploads as they were at a backup."""

import sqlite3
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backup.restoring import occupied, restore


class Command(BaseCommand):
    help = (
        "Put a backup in the place of the database and all uploads, with the site "
        "stopped. All of it is read and checked before anything is replaced. Everybody "
        "is signed out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument(
            "--identity", type=Path, required=True, help="the file of age's private key"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="lose what is there now"
        )
        parser.add_argument(
            "--keys-lost",
            action="store_true",
            help="restore without the FIELD_KEYS of that time",
        )

    def handle(
        self,
        *args: Any,
        backup: Path,
        identity: Path,
        overwrite: bool,
        keys_lost: bool,
        **options: Any,
    ) -> None:
        for path in (backup, identity):
            if not path.is_file():
                raise CommandError(f"There is no file {path}")
        if not overwrite and (found := occupied()):
            raise CommandError(
                f"A restore would replace {' and '.join(found)}. Nothing was changed. "
                "Name another database and folders, or say --overwrite."
            )
        try:
            manifest = restore(backup, identity, keys_lost=keys_lost)
        except sqlite3.Error as error:
            raise CommandError(f"The backup's database is damaged. {error}") from error
        call_command("migrate", verbosity=0)
        # Some of them were ended since.
        Session.objects.all().delete()
        call_command("start_generation", verbosity=0)
        self.stdout.write(
            f"Restored as it was at {manifest.made}. What was withdrawn, unsubscribed "
            "or deleted since is back: do that again at once."
        )
