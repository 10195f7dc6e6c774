"""Signal handlers for requests and for references."""

from typing import Any

from django.core.signals import request_finished, request_started
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from evidence.bibliography import entries
from evidence.citing import labels
from evidence.library.usage import places
from evidence.models import Reference

request_started.connect(labels.start_request, dispatch_uid="evidence.citing.labels")
request_finished.connect(labels.end_request, dispatch_uid="evidence.citing.labels")


@receiver(pre_save, sender=Reference)
def set_entries(sender: type[Reference], instance: Reference, **kwargs: Any) -> None:
    """Render a record's entries whenever it is saved, also by loaddata."""
    entries.fill(instance)


@receiver(pre_delete, sender=Reference)
def protect_cited(sender: type[Reference], instance: Reference, **kwargs: Any) -> None:
    """Refuse to delete cited references in code; the admin asks before."""
    if places([instance]):
        message = _("“{work}” is cited and cannot be deleted.").format(work=instance)
        raise ProtectedError(message, {instance})
