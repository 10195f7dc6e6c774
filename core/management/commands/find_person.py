"""``manage.py find_person``: what is known of somebody."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core.encryption import KeysUnusableError
from core.persons.erasing import found, open_request, person_of
from core.persons.person import Person


class Command(BaseCommand):
    help = (
        "Read an e-mail address, the number of an application or the code of a story's "
        "subject from standard input, and in a second line why, which is kept "
        "encrypted; say what there is about that person. Opens a request, by whose "
        "number export_person and erase_person go on."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (typed := _typed("Whom?")):
            raise CommandError("Give whom to look for on standard input.")
        if not (reason := _typed("Why?")):
            raise CommandError(
                "Say why in a second line: finding somebody is recorded."
            )
        try:
            request = open_request(Person.typed(typed), reason, None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except KeysUnusableError as error:
            raise CommandError(str(error.sentence)) from error
        person = person_of(request)
        for kind, items in found(person, request) if person else []:
            self.stdout.write(f"{kind.name}: {len(items)}")
            for item in items:
                by_hand = f" (by hand: {item.by_hand})" if item.by_hand else ""
                self.stdout.write(f"  {item.label}{by_hand}")
        self.stdout.write(f"Request {request.number}")


def _typed(question: str) -> str:
    # Not an argument, which other users of the machine and its history see.
    if sys.stdin.isatty():
        sys.stderr.write(f"{question} ")
        sys.stderr.flush()
    return sys.stdin.readline().strip()
