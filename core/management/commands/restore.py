"""``manage.py restore``: database and uploads as they were at a backup."""

import sqlite3
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backup.alone import Busy, alone_with_keys
from core.backup.restoring import occupied, restore
from core.backup.uncleaned import mark_whole, unmark
from core.encryption import EncryptionError
from core.keys import data_keys
from core.models.person_requests import BegunErasureList
from core.persons.after_restore import note_all
from core.persons.erasure_list import ErasureList, ListDamaged


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
            with alone_with_keys():
                self._restore(backup, identity, keys_lost=keys_lost)
        except Busy as error:
            raise CommandError(f"Nothing was replaced. {error.sentence}") from error

    def _restore(self, backup: Path, identity: Path, *, keys_lost: bool) -> None:
        self._note_what_is_done()
        try:
            manifest = restore(backup, identity, keys_lost=keys_lost)
        except sqlite3.Error as error:
            raise CommandError(f"The backup's database is damaged. {error}") from error
        for store in manifest.elsewhere:
            self.stderr.write(
                f"The store “{store}” was a bucket: its files are not in the backup, "
                "and it is left as it is."
            )
        call_command("migrate", verbosity=0)
        if keys_lost and (lost := data_keys.replace_lost()):
            self.stdout.write(
                f"{lost} keys of forms were lost, and what was sent under them with "
                "them. What is sent from now on is under new ones."
            )
        # Some of them were ended since.
        Session.objects.all().delete()
        call_command("start_generation", verbosity=0)
        mark_whole()
        self.stdout.write(
            f"Restored as it was at {manifest.made}. Accounts closed and passwords "
            "changed since are as they were: do that again at once."
        )
        if keys_lost and self._is_list_lost():
            return
        # Until it has finished, the site does not start.
        if ErasureList().exists():
            call_command("redo_erasures", stdout=self.stdout, stderr=self.stderr)
        elif BegunErasureList.objects.exists():
            raise CommandError(
                f"The erasure list {ErasureList().path} is missing: who was erased, "
                "withdrew or left since is back, and the site stays closed. Run "
                "`manage.py redo_erasures --list=<copy beside the backups>`, and put "
                "the copy there."
            )
        else:
            unmark()
            self.stderr.write(
                f"There is no erasure list at {ErasureList().path}: who was erased, "
                "withdrew or left since is back. If there is a copy beside the "
                "backup, run `manage.py redo_erasures --list=<copy>` at once."
            )

    def _is_list_lost(self) -> bool:
        """Return whether nobody can read the erasure list; then put it aside."""
        found = ErasureList()
        try:
            found.known()
        except EncryptionError:
            aside = found.path.replace(found.path.with_name(f"{found.path.name}.lost"))
            found.begin()
            unmark()
            self.stderr.write(
                f"The erasure list was under a key that is lost, and lies at {aside}: "
                "who was erased, withdrew or left since is back, and nothing tells who."
            )
            return True
        except (OSError, ListDamaged):
            pass  # said below, and by `redo_erasures`
        return False

    def _note_what_is_done(self) -> None:
        """Put on the erasure list what only the database knows that is to be lost."""
        try:
            note_all()
        except Exception as error:  # noqa: BLE001  (it may be damaged, or empty)
            self.stderr.write(
                "What was withdrawn last could not be read from the database "
                f"({type(error).__name__}); the erasure list has what it had."
            )
