"""Deletes links that are over, and hashes addresses under the newest key."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from applications.contacts import ContactHashes
from applications.models import AccessLink, LinkRequest

# Of links that are over, so that a browser which still shows what one opened is told
# so; of requests for links, since they limit e-mails.
_KEPT = timedelta(days=1)


class Command(BaseCommand):
    help = (
        "Deletes links to applications that are over, and works out by which hash of "
        "an e-mail address an application is found, where that is missing or was made "
        "with an older key. May be stopped and run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        over = Q(expires_at__lt=now - _KEPT) | Q(revoked_at__lt=now - _KEPT)
        links, _ = AccessLink.objects.filter(over).delete()
        LinkRequest.objects.filter(created_at__lt=now - _KEPT).delete()
        hashed = Counter(ContactHashes().renew())
        self.stdout.write(
            f"Links deleted: {links}; addresses hashed: {hashed[True]}, unreadable: "
            f"{hashed[False]}"
        )
