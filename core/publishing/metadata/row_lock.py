"""Has those who store versions of a page wait for each other at its row."""

from typing import Any

from django.db import transaction
from wagtail.models import Page


class RowLockMixin:
    """Locks the page's row before its versions, as `publish_beside` does.

    Two who took both in different order would wait for each other for good.
    """

    pk: Any

    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> Any:
        self._lock_row()
        return super().publish(*args, **kwargs)  # type: ignore[misc]

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self._lock_row()
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]

    def _lock_row(self) -> None:
        rows = Page.objects.select_for_update().filter(pk=self.pk).order_by()
        rows.values_list("pk", flat=True).first()
