"""What happens when pages are scheduled and published."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published

from core import gate
from core.models.images import SiteImage
from core.models.videos import Video, delete_after_commit
from core.withheld_files import FILES, discard


@receiver(pre_save, sender=Revision)
def gate_scheduling(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """Ask the gate when a revision is approved to go live later.

    A live page's own ``save`` is not reached on this way (docs/adr/0004).
    """
    if instance.approved_go_live_at:
        page = instance.as_object()
        if hasattr(page, "answered_problems"):
            gate.check(page)


@receiver(page_published)
def log_override(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Keep the reason why a page went live in spite of warnings."""
    if kwargs.get("alias") or not getattr(instance, "answered_problems", None):
        return
    log(
        instance=instance,
        action="core.publish.override",
        data={
            "reason": instance.override_reason,
            "problems": instance.answered_problems,
        },
        revision=kwargs.get("revision"),
    )


@receiver(post_delete, sender=SiteImage)
@receiver(post_delete, sender=Video)
def discard_what_is_withheld(sender: Any, instance: Any, **kwargs: Any) -> None:
    pk = instance.pk
    transaction.on_commit(lambda: discard(sender, pk))


@receiver(post_delete, sender=Video)
def delete_files_of_a_video(sender: Any, instance: Video, **kwargs: Any) -> None:
    """Leave no file behind that its address would still open."""
    for field in FILES[Video]:
        delete_after_commit(getattr(instance, field))
