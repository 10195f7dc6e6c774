"""Who looked at an application, and what was done with it."""

from typing import Any

from django.db import transaction
from wagtail.models import ModelLogEntry

from core.models.chained_log import ChainedLogEntry, ChainedLogManager

# What an entry of Wagtail's own log has in common with one of this.
_SAME = (
    "content_type_id",
    "object_id",
    "label",
    "action",
    "data",
    "timestamp",
    "uuid",
    "user_id",
    "revision_id",
    "content_changed",
    "deleted",
)


class ApplicationLogManager(ChainedLogManager):
    """Finds and adds entries about applications."""

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        kwargs.update(object_id=str(instance.pk))
        return super().log_action(instance, action, **kwargs)

    def gather(self) -> int:
        """Chain what a release from before wrote into Wagtail's own log."""
        strays = ModelLogEntry.objects.filter(
            content_type__app_label="applications", content_type__model="application"
        )
        pks = list(strays.order_by("timestamp", "pk").values_list("pk", flat=True))
        for pk in pks:
            with transaction.atomic():
                stray = strays.select_for_update().filter(pk=pk).first()
                if stray is not None:
                    fields = {name: getattr(stray, name) for name in _SAME}
                    self.create(**fields)
                    stray.delete()
        return len(pks)

    def for_instance(self, instance: Any) -> Any:
        return self.filter(object_id=str(instance.pk))

    def viewable_by_user(self, user: Any) -> Any:
        # Who may read applications may not read of everybody who did.
        may_view = user.has_perm("applications.view_applicationlogentry")
        return self.all() if may_view else self.none()


class ApplicationLogEntry(ChainedLogEntry):
    """One entry, which stays when its application is deleted."""

    objects = ApplicationLogManager()
