"""``manage.py turn_pictures``: turns stored pictures upright."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.media.upright import Found, look_at, mend
from core.models.images import SiteImage

_STEP = 100  # pictures between two lines of progress


class Command(BaseCommand):
    help = (
        "Store upright each picture that only its metadata turns, and put right its "
        "width, height and focal point; what pages show of it is made anew. Safe to "
        "repeat and to interrupt. Exits with 1 when a file could not be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say which, and change nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pks = list(SiteImage.objects.order_by("pk").values_list("pk", flat=True))
        mended, failed = 0, []
        for done, pk in enumerate(pks, start=1):
            try:
                found = self._look_at(pk, dry_run=options["dry_run"])
            except SiteImage.DoesNotExist:
                continue  # deleted meanwhile
            except Exception as error:  # noqa: BLE001  (of whatever store and format)
                failed.append(f"Picture {pk}: {type(error).__name__}")
                continue
            if found is not Found.UPRIGHT:
                mended += 1
                self.stdout.write(f"Picture {pk}: {found}")
            if done % _STEP == 0:
                self.stdout.write(f"{done} of {len(pks)} looked at")
        verb = "to be mended" if options["dry_run"] else "mended"
        self.stdout.write(f"{mended} of {len(pks)} pictures {verb}.")
        if failed:
            raise CommandError("Left as they are:\n" + "\n".join(failed))

    def _look_at(self, pk: int, *, dry_run: bool) -> Found:
        return look_at(SiteImage.objects.get(pk=pk)) if dry_run else mend(pk)
