"""A signal for bulk changes, for which Django sends none."""

from typing import Any, TypeVar

from django.db import models, transaction
from django.dispatch import Signal

M = TypeVar("M", bound=models.Model)

# Sent after rows were changed or added by a queryset; the model is the sender.
rows_changed = Signal()


class AnnouncingQuerySet(models.QuerySet[M]):
    """Sends `rows_changed` where ``save`` would have sent ``post_save``.

    What a receiver refuses is not stored.

    Its manager must also be the model's base manager, by which Django changes rows
    that refer to a deleted one. ``bulk_update`` comes here by ``update``; deletions
    send ``post_delete`` for each row.
    """

    @transaction.atomic
    def update(self, **values: Any) -> int:
        changed = super().update(**values)
        rows_changed.send(self.model)
        return changed

    @transaction.atomic
    def bulk_create(self, *args: Any, **options: Any) -> list[M]:
        created = super().bulk_create(*args, **options)
        rows_changed.send(self.model)
        return created
