"""``manage.py export_person``: everything that is known of somebody, as a ZIP."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.encryption import EncryptionError
from core.models.person_requests import PersonRequest
from core.persons.erasing import EXPORTED, log, person_of
from core.persons.exporting import export


class Command(BaseCommand):
    help = (
        "Write everything about the person of a request (find_person) to standard "
        "output, as a ZIP archive. It is written nowhere else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="of the request, such as P-3F2A9C41")

    def handle(self, *args: Any, number: str, **options: Any) -> None:
        request = PersonRequest.objects.filter(number=number).first()
        try:
            person = person_of(request) if request else None
            if request is None or person is None:
                raise CommandError("There is no such request, or it is forgotten.")
            log(request, EXPORTED, None)
            for piece in export(person):
                sys.stdout.buffer.write(piece)
        except EncryptionError as error:
            raise CommandError(str(error.sentence)) from error
