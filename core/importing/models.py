"""What waits between an upload and its confirmation."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, models
from django.utils import timezone

# An upload that nobody confirms is thrown away, and the account of one that was, too.
KEPT = timedelta(days=1)


class WaitingImportQuerySet(models.QuerySet[Any]):
    """Imports; each is its uploader's alone."""

    def of(self, user: Any) -> "WaitingImportQuerySet":
        return self.filter(user=user)

    def delete_old(self) -> None:
        self.filter(created__lt=timezone.now() - KEPT).delete()


class WaitingImport(models.Model):
    """An upload with its plan, until it is confirmed; then its result for a day."""

    uuid = models.UUIDField(default=uuid4, primary_key=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now, db_index=True)
    # Rows of the plan, and the numbers of those not to be imported.
    rows = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    left_out = models.JSONField(default=list)
    # What an editor must be told on the next page.
    notice = models.CharField(max_length=500, blank=True)
    # What became of it; null until the import is done.
    result = models.JSONField(null=True)

    objects = WaitingImportQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"Import {self.uuid}"

    def tell(self, notice: str, **fields: Any) -> None:
        """Leave word for the next page, from outside of the import's transaction."""
        waiting = type(self)._default_manager.filter(pk=self.pk)
        try:
            waiting.update(notice=notice, **fields)
        except OperationalError:
            return  # busy still: the preview says by itself that nothing was done

    def told_once(self) -> str:
        """Return what is to be told, and forget it."""
        if self.notice:
            type(self)._default_manager.filter(pk=self.pk).update(notice="")
        return self.notice
