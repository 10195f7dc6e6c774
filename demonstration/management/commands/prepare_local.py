"""``manage.py prepare_local``: prepares the site for `make run`."""

import json
import os
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Site

from demonstration.seeding.load import load
from home.models import HomePage
from home.roles import (
    ADMISSIONS,
    EDITORS,
    MODERATORS,
    REVIEWERS,
    SEO_SPECIALISTS,
    create_roles,
)
from people.models import PersonPage
from review.models import Reviewer
from users.models import User

ACCOUNTS = {
    "editor": EDITORS,
    "moderator": MODERATORS,
    "seo": SEO_SPECIALISTS,
    "admissions": ADMISSIONS,
    "reviewer": REVIEWERS,
    "admin": None,
}


class Command(BaseCommand):
    help = "Load demonstration content into an empty site, and print how to log in."

    def handle(self, *args: Any, **options: Any) -> None:
        create_roles()
        if not HomePage.objects.exists():
            self.stdout.write("Loading the demonstration content ...")
            load(self.stdout.write)
        self._serve_from_this_port()
        passwords = self._accounts()
        self._reviewer()
        address = f"http://localhost:{self._port}"
        self.stdout.write(f"\n  The site       {address}/")
        self.stdout.write(f"  The admin      {address}/admin/\n")
        for name, password in passwords.items():
            self.stdout.write(f"  {name:<14} {password}")
        if not settings.SECOND_FACTOR_PERMISSIONS:
            self.stdout.write(
                "\n  A password is enough here. With SECOND_FACTOR=true a code is asked"
                "\n  for as well, as in production (docs/editing.md)."
            )
        self.stdout.write("")

    @property
    def _port(self) -> int:
        return int(os.environ.get("PORT", "8000"))

    def _serve_from_this_port(self) -> None:
        """Set the site's port, which feeds and metadata print."""
        site = Site.objects.get(is_default_site=True)
        if site.port != self._port:
            site.port = self._port
            site.save()

    def _reviewer(self) -> None:
        """Say whose profile the reviewer's account is, unless somebody has."""
        user = User.objects.get(username="reviewer")
        person = PersonPage.objects.filter(slug="ngozi-adeyemi-hart").first()
        if person and not Reviewer.objects.filter(person=person).exists():
            Reviewer.objects.get_or_create(user=user, defaults={"person": person})

    def _accounts(self) -> dict[str, str]:
        """Create missing accounts, and return the passwords of all.

        Passwords are kept in ``var/accounts.json``, readable by its owner alone.
        """
        path = settings.VAR / "accounts.json"
        passwords: dict[str, str] = (
            json.loads(path.read_text()) if path.exists() else {}
        )
        with transaction.atomic():
            for name, role in ACCOUNTS.items():
                kept = passwords.setdefault(name, secrets.token_urlsafe(9))
                user = User.objects.filter(username=name).first()
                if user is None:
                    user = User.objects.create_user(
                        name, f"{name}@localhost", kept, is_superuser=role is None
                    )
                elif not user.check_password(kept):
                    passwords[name] = "(changed since)"
                if role:
                    user.groups.set([Group.objects.get(name=role)])
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(json.dumps(passwords, indent=2))
        return passwords
