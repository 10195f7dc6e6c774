"""``manage.py check_documents``: looks at PDFs that nobody has looked at."""

from typing import Any

from django.core.management.base import BaseCommand

from review.accessibility.documents import check, unchecked


class Command(BaseCommand):
    help = (
        "Look at PDFs that were uploaded before, or by another way than the admin, and "
        "keep whether they are tagged. May be run at any time, and each night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = [check(document) for document in unchecked()]
        untagged = sum(1 for each in found if each and each.is_tagged is False)
        self.stdout.write(f"Documents looked at: {len(found)}, untagged: {untagged}")
