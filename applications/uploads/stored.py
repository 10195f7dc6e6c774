"""The store of applicants' files, where every one lies encrypted."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.translation import gettext_lazy as _

from applications.models.uploads import Upload
from core.encryption import EncryptionError
from core.keys.encrypted_files import decrypted, encrypted, encrypted_size


class StoreDown(Exception):
    """The store does not take the file: it is full, or out of reach."""


class MissingFileError(EncryptionError):
    """The row is there and its file is not."""

    sentence = _("This file is no longer there. Tell an administrator.")


def store() -> Storage:
    return storages["applicants"]


def write(upload: Upload, content: bytes) -> None:
    """Store ``content`` encrypted, before the row of ``upload`` is saved.

    Raises:
        StoreDown: Nothing was stored.
        core.encryption.KeysUnusableError: There is no key to write with.
    """
    if not _has_room():
        raise StoreDown("less room left than APPLICANTS_RESERVE")
    pieces = ContentFile(b"".join(encrypted(content, upload.place, upload.data_key())))
    try:
        written = store().save(upload.stored_name, pieces)
    except Exception as error:
        # A disk that is full has taken half of it.
        with suppress(Exception):
            store().delete(upload.stored_name)
        raise StoreDown from error
    if written != upload.stored_name:
        store().delete(written)
        raise StoreDown


def replace(name: str, content: ContentFile[bytes]) -> None:
    """Put other content at a name, where there is the old or the new at any moment."""
    # Both kinds of stores have it; Django's interface does not.
    found: Any = store()
    found.replace(name, content)


def is_whole(upload: Upload) -> bool:
    """Return whether its file is there, and as long as it was written."""
    try:
        return store().size(upload.stored_name) == encrypted_size(upload.size)
    except FileNotFoundError:
        return False


def read(upload: Upload) -> Iterator[bytes]:
    """Return the pieces of a file, of which the first is known to be right.

    Raises:
        MissingFileError: It is not there.
        core.encryption.EncryptionError: It cannot be read; while iterating, a later
            piece cannot.
    """
    pieces = _pieces(upload)
    first = next(pieces)
    return _joined(first, pieces)


def _has_room() -> bool:
    """Return whether the disk has more room than it must keep for the site itself."""
    found = store()
    if not isinstance(found, FileSystemStorage):
        return True
    place = Path(found.location)
    while not place.exists():  # nothing was ever stored
        place = place.parent
    return shutil.disk_usage(place).free >= settings.APPLICANTS_RESERVE


def _pieces(upload: Upload) -> Iterator[bytes]:
    try:
        file = store().open(upload.stored_name)
    except FileNotFoundError as error:
        raise MissingFileError from error
    with file:
        yield from decrypted(file, upload.place)


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
