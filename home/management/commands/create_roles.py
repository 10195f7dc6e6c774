"""``manage.py create_roles``: the groups of docs/editing.md, with their permissions."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.roles import PERMISSIONS, create_roles


class Command(BaseCommand):
    help = "Make the roles and give each exactly its permissions. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            create_roles()
        self.stdout.write(f"Roles: {', '.join(PERMISSIONS)}.")
