"""``manage.py prove_erased``: whether a text is anywhere in what is stored."""

import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.persons.needles import Needles, TooShort
from core.persons.proof import places


class Command(BaseCommand):
    help = (
        "Read a text from standard input, such as a name, and look for it in the whole "
        "database, its journal, every store of files, stored pages, caches and the "
        "search index, in any case and as JSON, addresses and base64 write it. Says "
        "where it is and never what stands there. Exits with 1 if it is anywhere. "
        "Backups are encrypted and not looked into: a restore cleans them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            needles = Needles(_typed())
        except TooShort:
            raise CommandError(
                "Give four signs or more on standard input: less is found everywhere."
            ) from None
        found, unopened = 0, Counter[str]()
        for place in places(needles, unopened):
            found += 1
            self.stdout.write(place)
        for place, number in sorted(unopened.items()):
            self.stderr.write(f"Not opened: {place}, {number}")
        if found:
            raise CommandError(f"Found in {found} places.")
        but = " but what was not opened" if unopened else ""
        self.stdout.write(
            f"Found nowhere{but}. Not looked into either: backups, earlier versions of "
            "files in a bucket, the database's own logs and archives, and what lies "
            "compressed within files, such as PDF."
        )


def _typed() -> str:
    # Not an argument, which other users of the machine and its history see.
    if sys.stdin.isatty():
        sys.stderr.write("What? ")
        sys.stderr.flush()
    return sys.stdin.readline()
