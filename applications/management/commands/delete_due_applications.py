"""``manage.py delete_due_applications``: deletes what was to be kept no longer."""

import logging
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import QuerySet

from applications.admissions.retention import due
from applications.feedback import keeping
from applications.figures import counting
from applications.forgetting import delete_application, delete_draft
from applications.models import Application, Draft
from applications.personal_acts import note_the_end_of_keeping
from core.outbox.delivery import forget_old

logger = logging.getLogger(__name__)

# The names of models, as the command prints what it has deleted.
_SAID = {
    "Application": "Applications",
    "Answer": "Answers",
    "Draft": "Drafts",
    "Upload": "Files",
    "AccessLink": "Links",
    "Task": "Tasks",
}


class Command(BaseCommand):
    help = (
        "Delete applications that have been kept for as long as their form said, "
        "drafts that are past their time, e-mails that could not be sent for thirty "
        "days, old feedback, and old figures. Let it run each night: it catches up on "
        "nights that it missed. May be killed and repeated. Exits with 1 if something "
        "could not be deleted; all else is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what is due, delete nothing"
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        applications, drafts = due(), Draft.objects.expired()
        if dry_run:
            self.stdout.write(f"Applications due: {applications.count()}")
            self.stdout.write(f"Drafts due: {drafts.count()}")
            return
        self._failed = 0
        done: Counter[str] = Counter({"Application": 0, "Draft": 0})
        done.update(self._delete(applications, _delete_due))
        done.update(self._delete(drafts, delete_draft))
        for model, number in done.items():
            if model in _SAID:
                self.stdout.write(f"{_SAID[model]} deleted: {number}")
        self.stdout.write(f"E-mails deleted: {forget_old()}")
        self.stdout.write(f"Feedback deleted: {keeping.delete_old()}")
        self.stdout.write(f"Figures deleted: {counting.delete_old()}")
        if self._failed:
            raise CommandError(f"{self._failed} could not be deleted; see the log.")

    def _delete(
        self, rows: "QuerySet[Any]", delete: Callable[[Any], Counter[str]]
    ) -> Counter[str]:
        """Delete each row in a transaction of its own; return how much, by model."""
        done: Counter[str] = Counter()
        for pk in list(rows.values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    # One that somebody has just saved anew is due no more.
                    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
                    done.update(delete(row) if row else {})
            except Exception:
                # Such as a file that the store does not let go.
                logger.exception("One that is due was not deleted: %s", pk)
                self._failed += 1
        return done


def _delete_due(application: Application) -> Counter[str]:
    deleted = delete_application(application)
    # No restored backup brings it back.
    note_the_end_of_keeping(application)
    return deleted
