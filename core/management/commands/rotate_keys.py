"""``manage.py rotate_keys``: writes everything anew under the keys of today."""

import time
from collections import Counter
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backup.alone import Busy, alone_with_keys
from core.encryption import KeysUnusableError, key_names
from core.keys import data_keys
from core.keys.columns import encrypted_columns
from core.keys.holdings import UNKNOWN, Holding, registered

_EVERY = 2  # seconds between two lines of progress


class Command(BaseCommand):
    help = (
        "Write everything that is encrypted anew under the first of FIELD_KEYS, and "
        "say which older keys nothing needs any more. Put the new key first, restart "
        "every process of the site, then run this. What is under a form's own key "
        "stays as it is: only the form's key is written anew. Run it on each machine "
        "that has an erasure list of its own. It may run beside the site, be stopped "
        "at any time, and be run again; every value stays readable meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Only say what is under which key."
        )
        parser.add_argument(
            "--forms",
            action="store_true",
            help="Make a new key for each form as well, and write what is under the "
            "old one anew: after a key of FIELD_KEYS has been seen by somebody. When "
            "it was stopped, run it again without this.",
        )

    def handle(
        self, *args: Any, check: bool, forms: bool = False, **options: Any
    ) -> None:
        try:
            _first, *older = key_names()
        except KeysUnusableError as error:
            raise CommandError(str(error.sentence)) from error
        try:
            with nullcontext() if check else alone_with_keys():
                self._rotate(older, check=check, forms=forms)
        except Busy as error:
            raise CommandError(f"Nothing was changed. {error.sentence}") from error

    def _rotate(self, older: list[str], *, check: bool, forms: bool) -> None:
        if forms and not check:
            self.stdout.write(f"New keys of forms: {data_keys.new_keys()}.")
        unreadable, needed = 0, Counter[str]()
        for holding in [*encrypted_columns(), *registered()]:
            if not check:
                unreadable += self._renew(holding)
            needed += self._report(holding)
        for number, name in enumerate(older, start=2):
            self._say_whether_needed(number, name, needed[name], unseen=needed[UNKNOWN])
        lost = self._lost(needed)
        if lost or unreadable:
            raise CommandError(
                f"{max(lost, unreadable)} values cannot be read, and stay as they are. "
                "Is the store of applicants' files there? If a key is in a safe, put "
                "it at the end of FIELD_KEYS. Then run this again."
            )
        if not check and (deleted := data_keys.delete_needless(set(needed))):
            self.stdout.write(f"Old keys of forms deleted: {deleted}.")

    def _renew(self, holding: Holding) -> int:
        """Return how many values could not be read."""
        counted, current = holding.in_use(), holding.current()
        total = sum(number for name, number in counted.items() if name not in current)
        done, unreadable, told = 0, 0, time.monotonic()
        for is_readable in holding.renew():
            done += is_readable
            unreadable += not is_readable
            if time.monotonic() - told > _EVERY:
                told = time.monotonic()
                self.stdout.write(f"{holding.name}: {done} of {total} ...")
        if done:
            self.stdout.write(f"{holding.name}: {done} written anew.")
        return unreadable

    def _report(self, holding: Holding) -> Counter[str]:
        counted, current = holding.in_use(), holding.current()
        under_current = sum(counted[name] for name in current)
        others = {key: n for key, n in sorted(counted.items()) if key not in current}
        of_others = "".join(
            f", {number} under {'no key' if key == UNKNOWN else f'key {key}'}"
            for key, number in others.items()
        )
        self.stdout.write(
            f"{holding.name}: {under_current} under the key of today{of_others}."
        )
        return counted

    def _lost(self, needed: Counter[str]) -> int:
        """Return how many values are under a key that nobody has."""
        known = {*key_names(), *data_keys.names()}
        return sum(number for name, number in needed.items() if name not in known)

    def _say_whether_needed(
        self, number: int, name: str, values: int, unseen: int
    ) -> None:
        place = f"Key {number} of FIELD_KEYS ({name})"
        if values:
            self.stdout.write(f"{place} is still needed by {values} values.")
        elif unseen:
            # Such as files on a disk that is not there.
            self.stdout.write(
                f"{place} may still be needed: {unseen} values could not be looked at."
            )
        else:
            self.stdout.write(
                f"{place} is needed by nothing in this site. Take it out tomorrow, "
                "when what browsers hold under it is over, and keep it sealed for as "
                "long as a backup from before today is kept."
            )
