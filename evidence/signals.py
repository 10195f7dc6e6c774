"""What happens around requests, and when a reference is deleted."""

from typing import Any

from django.core.signals import request_finished, request_started
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver

from evidence import labels
from evidence.bibliography import entries
from evidence.models import Reference
from evidence.usage import places

request_started.connect(labels.start_request, dispatch_uid="evidence.labels")
request_finished.connect(labels.end_request, dispatch_uid="evidence.labels")


@receiver(pre_save, sender=Reference)
def set_entries(sender: type[Reference], instance: Reference, **kwargs: Any) -> None:
    """Have a record's entries ready, however it is saved: by loaddata, too."""
    entries.fill(instance)


@receiver(pre_delete, sender=Reference)
def protect_cited(sender: type[Reference], instance: Reference, **kwargs: Any) -> None:
    """Refuse the deletion by code; the admin asks before (wagtail_hooks)."""
    if places([instance]):
        message = f"“{instance}” is cited and cannot be deleted."
        raise ProtectedError(message, {instance})
