"""Files go with their rows; what a crash has left behind is found and deleted."""

import logging
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from applications.models.uploads import Upload
from applications.uploads.stored import is_whole, store

logger = logging.getLogger(__name__)

# A file is stored some time before its row.
SETTLED = timedelta(hours=1)
_FOLDER = re.compile(r"[0-9a-f]{2}")
# The second is what a crash leaves of a file that was being written anew.
_NAME = re.compile(r"([0-9a-f]{32})(?:\.next)?")


@receiver(post_delete, sender=Upload)
def delete_the_file(sender: Any, instance: Upload, **kwargs: Any) -> None:
    """Delete the file of a deleted row, once that is committed.

    By whichever way it went: with its draft or application, in a queryset, alone.
    """
    name = instance.stored_name
    transaction.on_commit(lambda: _delete(name))


def files_without_rows() -> Iterator[str]:
    """Yield the names of stored files that no row knows, but for recent ones."""
    settled = timezone.now() - SETTLED
    for folder in _folders():
        names = [name for name in store().listdir(folder)[1] if _NAME.fullmatch(name)]
        known = {
            pk.hex
            for pk in Upload.objects.filter(
                pk__in={uuid.UUID(name[:32]) for name in names}
            ).values_list("pk", flat=True)
        }
        for name in set(names) - known:
            path = f"{folder}/{name}"
            try:
                modified = store().get_modified_time(path)
            except FileNotFoundError:
                continue  # deleted meanwhile
            if modified < settled:
                yield path


def uploads_without_files() -> Iterator[Upload]:
    """Yield the rows, none marked as lost, whose files are not there or cut short."""
    for upload in Upload.objects.filter(is_lost=False).defer("name").iterator():
        if not is_whole(upload):
            yield upload


def give_up(upload: Upload) -> bool:
    """Put a row without its file in order; return whether somebody has to ask for it.

    A draft's is deleted, so that the applicant is asked for the file again; an
    application's is marked for staff.
    """
    row = Upload.objects.filter(pk=upload.pk)
    row.filter(draft__isnull=False).delete()
    return bool(row.update(is_lost=True))


def unmark_found() -> None:
    """Take the mark from rows whose files are back, such as from a backup."""
    for upload in Upload.objects.filter(is_lost=True).defer("name").iterator():
        if is_whole(upload):
            Upload.objects.filter(pk=upload.pk).update(is_lost=False)


def is_there() -> bool:
    """Return whether the store holds anything: an empty one may be a missing disk."""
    return bool(_folders())


def _folders() -> list[str]:
    try:
        folders, _files = store().listdir("")
    except FileNotFoundError:
        return []
    return [name for name in sorted(folders) if _FOLDER.fullmatch(name)]


def _delete(name: str) -> None:
    try:
        store().delete(name)
    except Exception:
        # The row is gone: the person was told so. The nightly run deletes it.
        logger.exception("A deleted applicant's file is still in the store.")
