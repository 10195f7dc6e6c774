"""``manage.py verify_log``: whether a log was changed behind the site's back."""

import time
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.models import log_chain
from core.models.chained_log import ChainedLogEntry, LogEnd

_EVERY = 2  # seconds between two lines of progress


class Command(BaseCommand):
    help = (
        "Read every log that is chained, and name each entry that was changed, put "
        "elsewhere or taken away. Exits with 1 if there is any. Prints how each log "
        "ends: kept elsewhere, such a line shows whether one was put back to what it "
        "was earlier."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seal",
            action="store_true",
            help=(
                "Seal each log as it is now, after you have found out why it was not "
                "sealed, such as a key that is lost."
            ),
        )

    def handle(self, *args: Any, seal: bool, **options: Any) -> None:
        if seal:
            for log in logs():
                _seal(log)
        found = 0
        for log in logs():
            name, told = log._meta.label, time.monotonic()
            if gathered := log.objects.gather():
                self.stdout.write(f"{name}: {gathered} entries of a release before.")
            for number, fault in enumerate(faults(log), start=1):
                if fault:
                    found += 1
                    self.stdout.write(f"{name}: {fault}")
                if time.monotonic() - told > _EVERY:
                    told = time.monotonic()
                    self.stdout.write(f"{name}: {number} entries read ...")
            erased = log.objects.filter(salt="").count()
            self.stdout.write(
                f"{name}: {log.objects.count()} entries read. The words of {erased} "
                "were erased."
            )
            if end := LogEnd.objects.filter(log=name).first():
                self.stdout.write(f"{name}: ends with {end.number}, {end.digest}")
        if found:
            raise CommandError(f"{found} faults. Keep this output, and the database.")
        self.stdout.write("Nothing was changed.")


def logs() -> list[type[ChainedLogEntry]]:
    """Return the models of all logs that are chained."""
    return [each for each in apps.get_models() if issubclass(each, ChainedLogEntry)]


def faults(log: type[ChainedLogEntry]) -> Iterator[str | None]:
    """Read a log from its first entry, and yield for each a sentence or None.

    A sentence says what is wrong; after the last entry those about its end follow.
    """
    # Before the entries: others are added meanwhile.
    end = LogEnd.objects.filter(log=log._meta.label).first()
    number, before = 0, log_chain.START
    entries = log.objects.order_by("number")
    if end:
        entries = entries.filter(number__lte=end.number)
    for entry in entries.iterator():
        number += 1
        yield _fault(entry, number, before)
        # Of what follows only what is wrong with itself is told.
        number, before = entry.number, entry.digest
    if end is None:
        yield "the end of the log was taken away."
    elif (end.number, end.digest) != (number, before):
        yield f"the log ends with entry {number}, and should end with {end.number}."
    elif not end.is_sealed:
        yield (
            "its end is not sealed by this site: somebody has written the log anew, or "
            "its key was taken out of FIELD_KEYS before rotate_keys ran."
        )


def _seal(log: type[ChainedLogEntry]) -> None:
    with transaction.atomic():
        last = log.objects.order_by("-number").first()
        LogEnd.objects.get_or_create(
            log=log._meta.label,
            defaults={"number": last.number, "digest": last.digest} if last else {},
        )
        end = LogEnd.objects.select_for_update().get(log=log._meta.label)
        end.sealed().save()


def _fault(entry: Any, number: int, before: str) -> str | None:
    if entry.number != number:
        missing = entry.number - number
        return f"{missing} missing before entry {entry.number}."
    if entry.digest != log_chain.entry_digest(before, entry.covered):
        return f"entry {number} was changed, or is not the one that stood there."
    is_erased = not (entry.salt or entry.label or entry.data)
    words = log_chain.words_digest(entry.salt, entry.label, entry.data)
    if not is_erased and entry.words_digest != words:
        return f"the words of entry {number} were changed."
    return None
