"""``manage.py reset_second_factor``, for a lost phone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from users import second_factor
from users.models import User


class Command(BaseCommand):
    help = (
        "Remove somebody's second factor and sign them out everywhere. They set up a "
        "new one at their next sign-in. First make sure that it is they who ask."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="Their user name or e-mail address.")

    def handle(self, *args: Any, **options: Any) -> None:
        who = options["who"]
        users = User.objects.filter(username=who) or User.objects.filter(
            email__iexact=who
        )
        if not users:
            raise CommandError("Nobody here has this user name or e-mail address.")
        if len(users) > 1:
            raise CommandError(
                "Several people have this e-mail address. Give the user name."
            )
        if second_factor.reset(users[0]):
            self.stdout.write("The second factor is removed, and every session ended.")
        else:
            self.stdout.write("There was no second factor. Nothing was changed.")
