"""Wagtail's ``publish_scheduled``, except that one page stops no others.

Pages are all that has a schedule here (tests/core/publishing/test_past_dates.py).
"""

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.management.commands import publish_scheduled
from wagtail.models import Page, Revision

from core.publishing.gate import PublishBlocked


class Command(publish_scheduled.Command):
    help = (
        "Publish what is due, and take down pages whose time is over. Let it run each "
        "minute; it catches up after a pause, and may run twice at once. What the "
        "publishing rules refuse is no longer due. Exits with 1 when a page failed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        now = timezone.now()
        due = Revision.objects.filter(approved_go_live_at__lt=now)
        over = Page.objects.filter(live=True, expire_at__lte=now)
        # Of two versions of a page, the later one. What goes live may be over already.
        failed = [
            *self._each(due.order_by("-approved_go_live_at"), self._publish),
            *self._each(over.order_by("expire_at"), self._take_down),
        ]
        if failed:
            raise CommandError("Left as they were: " + ", ".join(failed))

    def _each(self, queryset: Any, act: Callable[[Any], None]) -> list[str]:
        """Do one after the other, and return what failed."""
        failed = []
        for pk in list(queryset.values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    # Unless it is no longer due: somebody was quicker.
                    if found := queryset.select_for_update().filter(pk=pk).first():
                        act(found)
            except Exception as error:  # noqa: BLE001  (the others must not wait)
                name = f"{queryset.model._meta.verbose_name} {pk}"
                failed.append(f"{name} ({type(error).__name__})")
        return failed

    def _publish(self, revision: Revision) -> None:
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except PublishBlocked as refusal:
            # A plain update: saving would ask the gate again.
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            page = revision.content_object
            # Sentences may quote what is said of a patient.
            problems = [
                {"code": problem.code, "place": problem.contentpath}
                for problem in refusal.problems
            ]
            log(
                instance=page,
                action="core.publish.refused",
                data={"problems": problems},
                revision=revision,
            )
            told = ", ".join(" ".join(each.values()).strip() for each in problems)
            self.stderr.write(f"Not published: page {page.pk} ({told})")

    def _take_down(self, page: Page) -> None:
        """Unpublish, but keep what is scheduled for later, which Wagtail takes back."""
        later = page.revisions.filter(approved_go_live_at__isnull=False)
        kept = dict(later.values_list("pk", "approved_go_live_at"))
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        for pk, day in kept.items():
            page.revisions.filter(pk=pk).update(approved_go_live_at=day)
