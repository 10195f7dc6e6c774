"""The bulk action “Move”, in which a refused page does not stop the others."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction

from core.publishing.bulk_refusals import Tell, TellsOfRefusalsMixin
from core.publishing.gate import PublishBlocked


class CheckedMoveBulkAction(TellsOfRefusalsMixin, MoveBulkAction):
    """Wagtail's action, which names refused pages and leaves them where they are."""

    refusal = _("“{title}” was not moved. {reasons}")

    @classmethod
    def execute_action(
        cls,
        objects: list[Any],
        destination: Any = None,
        user: Any = None,
        tell: Tell = lambda page, reasons: None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Move each page separately.

        ``tell`` is called with each page that was refused, and why.

        Returns:
            How many pages were moved, and 0.
        """
        moved = 0
        for page in objects:
            try:
                with transaction.atomic():
                    super().execute_action([page], destination, user=user, **kwargs)
            except PublishBlocked as refusal:
                tell(page, refusal.messages)
            else:
                moved += 1
        return moved, 0
