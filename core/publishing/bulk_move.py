"""The bulk action “Move”, in which a refused page does not stop the others."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction

from core.publishing.gate import PublishBlocked


class CheckedMoveBulkAction(MoveBulkAction):
    """Wagtail's action, which names refused pages and leaves them where they are."""

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "tell": self._tell}

    def _tell(self, page: Any, reasons: list[str]) -> None:
        title = page.get_admin_display_title()
        messages.error(
            self.request,
            gettext("“{title}” was not moved. {reasons}").format(
                title=title, reasons=" ".join(reasons)
            ),
        )

    def get_success_message(
        self, num_parent_objects: int, num_child_objects: int
    ) -> str | None:
        """Return a sentence about the moved pages, None when there are none."""
        if not num_parent_objects:
            return None
        return str(super().get_success_message(num_parent_objects, num_child_objects))

    @classmethod
    def execute_action(
        cls,
        objects: list[Any],
        destination: Any = None,
        user: Any = None,
        tell: Callable[[Any, list[str]], None] = lambda page, reasons: None,
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
