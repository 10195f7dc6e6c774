"""``manage.py erase_person``: erases somebody, and finishes what was interrupted."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from core.encryption import EncryptionError
from core.models.person_requests import PersonRequest
from core.persons.after_restore import note_all
from core.persons.erasing import ask_for_erasure, carry_out
from core.persons.erasure_list import ErasureList, ListDamaged, ListMissing
from core.persons.traces import TracesLeft

# Whom a request is about is forgotten, where nobody was erased.
_KEPT = timedelta(days=30)


class Command(BaseCommand):
    help = (
        "Erase the person of a request (find_person), and print the receipt. May be "
        "killed and repeated at any time. With --unfinished, finish what was "
        "interrupted, forget whom requests of thirty days ago were about, and put on "
        "the erasure list what is missing there; for each night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", nargs="?", help="of the request")
        parser.add_argument("--yes", action="store_true", help="do not ask again")
        parser.add_argument("--unfinished", action="store_true")
        parser.add_argument(
            "--begin-list",
            action="store_true",
            help="begin an empty erasure list: there was none on this machine, or the "
            "one that was is lost for good",
        )

    def handle(
        self,
        *args: Any,
        number: str | None,
        yes: bool,
        unfinished: bool,
        begin_list: bool = False,
        **options: Any,
    ) -> None:
        if begin_list:
            ErasureList().begin()
            self.stdout.write(f"The erasure list is at {ErasureList().path}")
            return
        if unfinished:
            self._finish()
            return
        request = PersonRequest.objects.filter(number=number or "").first()
        if request is None:
            raise CommandError("There is no such request.")
        if not (yes or request.erasure_asked_at):
            self.stdout.write("Nothing of what is erased comes back.")
            if input(f"Type {request.number} to erase: ").strip() != request.number:
                raise CommandError("Nothing was erased.")
        try:
            ask_for_erasure(request, None)
            self._say(carry_out(request))
        except ListDamaged as error:
            raise CommandError(_sentence(error)) from error
        except (EncryptionError, OSError, DatabaseError, TracesLeft) as error:
            raise CommandError(
                f"It has not finished; repeat it. {type(error).__name__}"
            ) from error

    def _finish(self) -> None:
        failed = 0
        running = PersonRequest.objects.filter(finished_at=None)
        for request in running.exclude(erasure_asked_at=None):
            try:
                self._say(carry_out(request))
            except Exception as error:  # noqa: BLE001  (one must not hold up others)
                failed += 1
                self.stderr.write(f"{request.number}: {type(error).__name__}")
        over = PersonRequest.objects.filter(
            erasure_asked_at=None, opened_at__lt=timezone.now() - _KEPT
        ).exclude(person__isnull=True)
        for request in over:
            request.forget()
            self.stdout.write(f"{request.number}: forgotten whom it was about")
        try:
            self.stdout.write(f"Put on the erasure list: {note_all()}")
            found = ErasureList()
            if found.exists():
                found.remember()
                damaged = found.known().damaged
            else:
                damaged = 0
        except ListDamaged as error:
            raise CommandError(_sentence(error)) from error
        except (EncryptionError, OSError) as error:
            raise CommandError(
                f"The erasure list cannot be written: {type(error).__name__}"
            ) from error
        if damaged:
            raise CommandError(
                f"{damaged} lines of the erasure list {found.path} cannot be read; all "
                "others are used. Compare it with the copy beside the backups."
            )
        if failed:
            raise CommandError(f"{failed} not finished.")

    def _say(self, request: PersonRequest) -> None:
        counts = ", ".join(f"{code} {n}" for code, n in sorted(request.counts.items()))
        done = request.finished_at
        self.stdout.write(
            f"{request.number}: {counts or 'nothing was there'}; "
            + (f"erased {done:%Y-%m-%d %H:%M}" if done else _open(request))
        )


def _open(request: PersonRequest) -> str:
    if request.waits_for_hands:
        return f"waits for somebody to see to {request.left_by_hand} more"
    return "not finished"


def _sentence(error: ListDamaged) -> str:
    path = ErasureList().path
    if isinstance(error, ListMissing):
        return (
            f"The erasure list {path} is missing. Put the copy from beside the backups "
            "there, then repeat this. If it is lost for good, or was never on this "
            "machine, say `manage.py erase_person --begin-list`."
        )
    return (
        f"The first line of the erasure list {path} is damaged. Put the copy from "
        "beside the backups there, then repeat this."
    )
