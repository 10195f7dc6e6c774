"""What bulk actions on pages say of those that are refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.utils.functional import Promise

Tell = Callable[[Any, list[str]], None]


class TellsOfRefusalsMixin:
    """Gives ``execute_action`` a ``tell``, to be called with each page and why.

    ``refusal`` is the sentence, with ``{title}`` and ``{reasons}``.
    """

    refusal: str | Promise
    request: Any

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "tell": self._tell}  # type: ignore[misc]

    def _tell(self, page: Any, reasons: list[str]) -> None:
        sentence = str(self.refusal).format(
            title=page.get_admin_display_title(), reasons=" ".join(reasons)
        )
        messages.error(self.request, sentence)

    def get_success_message(
        self, num_parent_objects: int, num_child_objects: int
    ) -> str | None:
        """Return a sentence about the other pages, None when there are none."""
        if not num_parent_objects + num_child_objects:
            return None
        return str(super().get_success_message(num_parent_objects, num_child_objects))  # type: ignore[misc]
