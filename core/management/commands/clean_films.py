"""``manage.py clean_films``: takes place and time out of films stored before."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.media.films.stored import Found, clean, look_at
from core.models.videos import Video

_STEP = 20  # films between two lines of progress


class Command(BaseCommand):
    help = (
        "Store each film without what cameras and programs tell in it of place and "
        "time, as uploads are; its old file is deleted at once. Safe to repeat and to "
        "interrupt: it goes on where it was. Names those that an editor has to export "
        "anew, as the list of videos does. Exits with 1 when a film could not be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say which, and change nothing."
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        pks = list(Video.objects.order_by("pk").values_list("pk", flat=True))
        cleaned, for_editors, failed = 0, [], []
        for done, pk in enumerate(pks, start=1):
            try:
                if dry_run:
                    found = look_at(Video.objects.get(pk=pk))
                    is_told = found is Found.TOLD
                else:
                    is_told, found = clean(pk)
            except Video.DoesNotExist:
                continue  # deleted meanwhile
            except Exception as error:  # noqa: BLE001  (of whatever store)
                failed.append(f"Film {pk}: {type(error).__name__}")
                continue
            if is_told:
                cleaned += 1
                self.stdout.write(f"Film {pk}: {Found.TOLD}")
            if found in {Found.UNREMOVABLE, Found.DAMAGED}:
                for_editors.append(f"Film {pk}: {found}. Export it anew and upload it.")
            if done % _STEP == 0:
                self.stdout.write(f"{done} of {len(pks)} looked at")
        verb = "to be cleaned" if dry_run else "cleaned"
        self.stdout.write(f"{cleaned} of {len(pks)} films {verb}.")
        if for_editors:
            self.stdout.write("Still to be seen to:\n" + "\n".join(for_editors))
        if failed:
            raise CommandError("Left as they are:\n" + "\n".join(failed))
