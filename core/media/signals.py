"""Signal handlers that delete a record's files."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from core.media.private_files import FILES
from core.media.stores import either_store
from core.media.tasks import discard_files
from core.models.images import SiteImage
from core.models.replaced_files import ReplacedFile
from core.models.videos import Video, delete_after_commit
from core.tasks import enqueue


@receiver(post_delete, sender=SiteImage)
@receiver(post_delete, sender=Video)
def discard_what_lies_in_its_folders(sender: Any, instance: Any, **kwargs: Any) -> None:
    enqueue(discard_files, sender._meta.model_name, instance.pk)


@receiver(post_delete, sender=ReplacedFile)
def delete_a_replaced_file(sender: Any, instance: ReplacedFile, **kwargs: Any) -> None:
    transaction.on_commit(lambda: either_store.delete(instance.name))


@receiver(post_delete, sender=Video)
def delete_files_of_a_video(sender: Any, instance: Video, **kwargs: Any) -> None:
    """Delete the files of a deleted video."""
    for field in FILES[Video]:
        delete_after_commit(getattr(instance, field))
