"""``manage.py makemessages``, with the options of `make messages`."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    # A translation of a similar text is a guess that nobody has read.
    msgmerge_options = [
        *makemessages.Command.msgmerge_options,
        "--no-fuzzy-matching",
    ]
