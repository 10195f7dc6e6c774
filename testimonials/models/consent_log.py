"""Who looked at a consent, and what was done with it."""

from typing import Any

from core.models.chained_log import ChainedLogEntry, ChainedLogManager


class ConsentLogManager(ChainedLogManager):
    """Finds and adds entries about consents."""

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        kwargs.update(object_id=str(instance.pk))
        return super().log_action(instance, action, **kwargs)

    def for_instance(self, instance: Any) -> Any:
        return self.filter(object_id=str(instance.pk))

    def viewable_by_user(self, user: Any) -> Any:
        # Who may read consents may not read of everybody who did.
        may_view = user.has_perm("testimonials.view_consentlogentry")
        return self.all() if may_view else self.none()


class ConsentLogEntry(ChainedLogEntry):
    """One entry, which stays when its consent is erased."""

    objects = ConsentLogManager()
