"""``manage.py check_uploads``: compares applicants' files with their rows."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from applications.uploads import deleting, rescanning, scanning
from applications.uploads.stored import store
from core.encryption import EncryptionError


class Command(BaseCommand):
    help = (
        "Find applicants' files without a row, which a crash has left, rows whose file "
        "is missing or cut short, and files that no virus scanner has seen yet. With "
        "--mend, delete the first, delete the second of drafts and mark those of "
        "applications as lost, which is told of once, and scan the last. Safe to "
        "repeat and to interrupt. Exits with 1 while something is left that is not in "
        "order."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Put in order.")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        left = self._files(mend) + self._rows(mend) + self._scans(mend)
        if left:
            raise CommandError(f"{left} not in order.")

    def _files(self, mend: bool) -> int:
        names = list(deleting.files_without_rows())
        for name in names:
            self.stdout.write(f"File without a row: {name}")
            if mend:
                store().delete(name)
        self.stdout.write(f"{len(names)} files without a row.")
        return 0 if mend else len(names)

    def _rows(self, mend: bool) -> int:
        if mend:
            deleting.unmark_found()
        uploads = list(deleting.uploads_without_files())
        for upload in uploads:
            self.stdout.write(f"Row without a file: {upload.pk}")
        self.stdout.write(f"{len(uploads)} rows without a file.")
        if not mend or not uploads:
            return len(uploads)
        if not deleting.is_there():
            self.stderr.write("The store is empty. Is its disk there? Nothing mended.")
            return len(uploads)
        return sum(map(deleting.give_up, uploads))

    def _scans(self, mend: bool) -> int:
        if not scanning.is_set_up():
            return 0
        left = 0
        for pk in list(rescanning.pending()):
            try:
                if not mend:
                    raise scanning.ScannerGone("Not yet scanned.")
                rescanning.rescan(pk)
            except (scanning.ScannerGone, EncryptionError) as error:
                self.stderr.write(f"Waits for a scan: {pk}, {error!r}")
                left += 1
        self.stdout.write(f"{left} files wait for a virus scan.")
        return left
