"""Pending imports: an uploaded file and its plan, waiting for confirmation."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# An upload that nobody confirms is thrown away, and the account of one that was, too.
KEPT = timedelta(days=1)


class WaitingImportQuerySet(models.QuerySet[Any]):
    """Pending imports, each visible to its uploader only."""

    def of(self, user: Any) -> "WaitingImportQuerySet":
        return self.filter(user=user)

    def delete_old(self) -> None:
        self.filter(created__lt=timezone.now() - KEPT).delete()


class WaitingImport(models.Model):
    """An upload with its plan until it is confirmed, then its result for a day."""

    uuid = models.UUIDField(default=uuid4, primary_key=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("user"),
    )
    created = models.DateTimeField(_("created"), default=timezone.now, db_index=True)
    # Rows of the plan, and the numbers of those not to be imported.
    rows = models.JSONField(_("rows"), default=list, encoder=DjangoJSONEncoder)
    left_out = models.JSONField(_("left out"), default=list)
    # What an editor must be told on the next page.
    notice = models.CharField(_("notice"), max_length=500, blank=True)
    # What became of it; null until the import is done.
    result = models.JSONField(_("result"), null=True)

    # The class of the plan's rows.
    row: ClassVar[Any]

    objects = WaitingImportQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Import {uuid}").format(uuid=self.uuid)

    def plan(self) -> list[Any]:
        """Return the rows of the plan."""
        return [self.row.from_json(stored) for stored in self.rows]

    def tell(self, notice: str, **fields: Any) -> None:
        """Store a notice for the next page, outside the import's transaction."""
        waiting = type(self)._default_manager.filter(pk=self.pk)
        try:
            waiting.update(notice=notice, **fields)
        except OperationalError:
            return  # busy still: the preview says by itself that nothing was done

    def told_once(self) -> str:
        """Return the notice, and delete it."""
        if self.notice:
            type(self)._default_manager.filter(pk=self.pk).update(notice="")
        return self.notice
