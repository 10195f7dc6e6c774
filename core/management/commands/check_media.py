"""``manage.py check_media``: compares stored pictures and films with their rows."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.media import inventory
from core.media.private_files import NotMoved, out_of_place, put_in_place
from core.media.stores import either_store
from core.models.replaced_files import delete_left_behind

_STEP = 100  # between two lines of progress


class Command(BaseCommand):
    help = (
        "Find pictures and films in the wrong store, files without a row and rows "
        "without a file. With --mend, move, delete and forget them. Safe to repeat and "
        "to interrupt. Exits with 1 while something is left that is not in order."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Put in order.")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        if mend:
            count = delete_left_behind()
            self.stdout.write(f"{count} replaced files deleted, kept long enough.")
        left = self._misplaced(mend) + self._files(mend) + self._rows(mend)
        if left:
            raise CommandError(f"{left} not in order.")

    def _misplaced(self, mend: bool) -> int:
        left = 0
        for model, pk in self._counted("in the wrong store", out_of_place()):
            name = f"{model._meta.verbose_name} {pk}"
            self.stdout.write(f"In the wrong store: {name}")
            try:
                left += not (mend and put_in_place(model, pk))
            except NotMoved as error:
                left += 1
                self.stderr.write(f"Not moved: {name}, {error.__cause__!r}")
        return left

    def _files(self, mend: bool) -> int:
        left = 0
        names = inventory.files_without_rows()
        for name in self._counted("files without a row", names):
            self.stdout.write(f"File without a row: {name}")
            if mend:
                either_store.delete(name)
            left += not mend
        return left

    def _rows(self, mend: bool) -> int:
        left = 0
        lost = inventory.rows_without_files()
        for each in self._counted("rows without a file", lost):
            self.stdout.write(f"Row without a file: {each}")
            if mend and inventory.is_made_anew(each):
                each.row.delete()
            else:
                left += 1
        return left

    def _counted(self, what: str, found: Iterable[Any]) -> Iterable[Any]:
        count = 0
        for count, each in enumerate(found, start=1):
            yield each
            if count % _STEP == 0:
                self.stdout.write(f"{count} {what} so far")
        self.stdout.write(f"{count} {what}.")
