"""Wagtail's ``publish_scheduled``, except that a refused page stops no others."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.management.commands import publish_scheduled
from wagtail.models import Revision

from core.publishing.gate import PublishBlocked


class Command(publish_scheduled.Command):
    """Publish what is due, and report what the gate refuses."""

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            self._set_refused_aside()
        super().handle(*args, **options)

    def _set_refused_aside(self) -> None:
        """Publish due pages one by one, and unschedule those that are refused."""
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        for revision in due.order_by("approved_go_live_at"):
            try:
                with transaction.atomic():
                    revision.publish(log_action="wagtail.publish.scheduled")
            except PublishBlocked as refusal:
                # A plain update: saving would ask the gate again.
                Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
                page = revision.content_object
                log(
                    instance=page,
                    action="core.publish.refused",
                    data={
                        "problems": [problem.sentence for problem in refusal.problems]
                    },
                    revision=revision,
                )
                reasons = " ".join(problem.sentence for problem in refusal.problems)
                self.stderr.write(f"Not published: page {page.pk}. {reasons}")
