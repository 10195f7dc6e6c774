"""``manage.py redo_erasures``: cleans a restored database by the erasure list."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backup.uncleaned import (
    is_half_restored,
    is_uncleaned,
    mark_path,
    unmark,
)
from core.encryption import EncryptionError
from core.persons.after_restore import NotAllRedone, redo
from core.persons.erasure_list import ErasureList, ListDamaged


class Command(BaseCommand):
    help = (
        "Erase, withdraw and end again what the erasure list says was erased, "
        "withdrawn and ended. `restore` does so by itself; do it by hand after the "
        "database was put back in any other way. Safe to repeat. With --unfinished, "
        "only if a restore was stopped before it had done so; for each night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--list", type=Path, help="another than ERASURE_LIST, such as its copy"
        )

        parser.add_argument("--unfinished", action="store_true")

    def handle(self, *args: Any, unfinished: bool = False, **options: Any) -> None:
        if unfinished and not is_uncleaned():
            return
        if is_half_restored():
            raise CommandError(
                "A restore was interrupted, and database and uploads need not belong "
                "together: restore once more, and the site opens after that. If both "
                f"were put back in another way, delete {mark_path()}, then run this."
            )
        found = ErasureList(options["list"])
        try:
            known = found.known()
        except FileNotFoundError:
            raise CommandError(
                f"There is no erasure list at {found.path}. Fetch the copy that is "
                "kept beside the backups, and name it with --list."
            ) from None
        except (OSError, EncryptionError, ListDamaged) as error:
            raise CommandError(
                f"The erasure list {found.path} cannot be read "
                f"({type(error).__name__}). What was erased since the backup is back."
            ) from error
        if known.damaged:
            self.stderr.write(
                f"{known.damaged} lines of {found.path} cannot be read; all others are "
                "used. Run this again with --list and its copy beside the backups."
            )
        failed: list[str] = []
        try:
            done = redo(known)
        except NotAllRedone as error:
            done, failed = error.done, sorted(set(error.failed))
        for what, number in sorted(done.items()):
            self.stdout.write(f"Done again: {what}, {number}")
        if failed:
            raise CommandError(
                f"Not all could be done again of {', '.join(failed)}: it is back. Mend "
                "what stopped it, then run this again."
            )
        unmark()
        self.stdout.write("What the erasure list names was done again.")
