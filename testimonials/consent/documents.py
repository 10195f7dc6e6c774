"""Signed consents on file: encrypted, each with its row, in no store of the public.

They lie in the store of what applicants send, in which everything is encrypted and
which nothing serves; its nightly run deletes in other folders alone.
"""

import logging
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import encryption
from core.keys.encrypted_files import decrypted, encrypted, key_name
from core.keys.holdings import UNKNOWN, Holding
from core.persons.registry import Sealed
from testimonials.consent.recording import KEPT, record
from testimonials.models.consent import Consent
from testimonials.models.consent_document import ConsentDocument

logger = logging.getLogger(__name__)

MOST_MEGABYTES = 15
_FOLDER = "consents"
# A file is stored some time before its row.
_SETTLED = timedelta(hours=1)
# By what their first bytes say.
_KINDS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
_NAME_LETTERS = 120


class MissingDocumentError(encryption.EncryptionError):
    """The row is there and its file is not."""

    sentence = _("This file is no longer there. Tell an administrator.")


class StoreOutOfReach(encryption.EncryptionError):
    """The store of the files does not answer."""

    sentence = _("The store of signed documents cannot be reached. Try again later.")


class StoreDown(Exception):
    """The store does not take the file; nothing was kept."""


def store() -> Storage:
    return storages["applicants"]


def checked(name: str, content: bytes) -> str:
    """Return the content type of what is to be kept.

    Raises:
        ValidationError: It is too large, or neither a PDF nor a picture.
    """
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise ValidationError(
            _("This file is larger than %(most)d MB. Scan it at a lower resolution."),
            params={"most": MOST_MEGABYTES},
        )
    for begin, kind in _KINDS.items():
        if content.startswith(begin):
            return kind
    raise ValidationError(
        _("This is neither a PDF nor a picture in JPEG or PNG. Scan it as one of them.")
    )


def keep(
    consent: Consent, name: str, content: bytes, user: Any = None
) -> ConsentDocument:
    """Keep a scan of ``consent``, and say so in the log; the file is stored first.

    Raises:
        ValidationError: It is not taken.
        StoreDown: The store cannot be written.
        core.encryption.KeysUnusableError: There is no key to encrypt with.
    """
    document = ConsentDocument(
        consent=consent,
        name=PurePath(name).name[-_NAME_LETTERS:],
        content_type=checked(name, content),
        size=len(content),
    )
    _write(document, content)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
            record([consent], KEPT, user)
    except Exception:
        # The sweep takes it where this fails, too.
        with suppress(Exception):
            store().delete(document.stored_name)
        raise
    sweep()
    return document


def read(document: ConsentDocument) -> Iterator[bytes]:
    """Yield the pieces of a file, each proved before it is yielded.

    Raises:
        MissingDocumentError: It is not there.
        StoreOutOfReach: The store does not answer.
        core.encryption.EncryptionError: It cannot be read.
    """
    try:
        with store().open(document.stored_name) as file:
            yield from decrypted(file, document.place)
    except encryption.EncryptionError:
        raise
    except FileNotFoundError as error:
        raise MissingDocumentError from error
    # Each kind of store has errors of its own.
    except Exception as error:
        raise StoreOutOfReach from error


def delete_files(consents: Any) -> None:
    """Delete the files of ``consents`` (a queryset), before their rows are."""
    for document in ConsentDocument.objects.filter(consent__in=consents).defer("name"):
        store().delete(document.stored_name)


def sweep() -> None:
    """Delete strays where that can be done; whatever is kept is kept without it."""
    try:
        delete_strays()
    except Exception:
        logger.exception("Files without a consent cannot be looked for.")


def delete_strays() -> None:
    """Delete the files that a crash has left without a row, but for recent ones."""
    settled = timezone.now() - _SETTLED
    known = {pk.hex for pk in ConsentDocument.objects.values_list("pk", flat=True)}
    for name in _names():
        path = f"{_FOLDER}/{name}"
        with suppress(FileNotFoundError):  # deleted meanwhile
            is_stray = name.partition(".")[0] not in known
            if is_stray and store().get_modified_time(path) < settled:
                store().delete(path)


def missing() -> int:
    """Return how many documents have no file; none where the store does not answer."""
    found = ConsentDocument.objects.defer("name")
    try:
        return sum(not store().exists(document.stored_name) for document in found)
    except Exception:  # noqa: BLE001  each store has its own; see `out_of_reach`
        return 0


def out_of_reach() -> bool:
    """Return whether there are documents, and their store does not answer."""
    document = ConsentDocument.objects.defer("name").first()
    try:
        if document:
            store().exists(document.stored_name)
    except Exception:  # noqa: BLE001  each kind of store has its own
        return True
    return False


def _names() -> list[str]:
    try:
        return list(store().listdir(_FOLDER)[1])
    except FileNotFoundError:  # none was ever kept
        return []


def sealed() -> Iterator[Sealed]:
    """Yield each file, for the proof that nothing of somebody is left."""
    for document in ConsentDocument.objects.defer("name"):
        yield Sealed(document.stored_name, partial(read, document))


@receiver(post_delete, sender=ConsentDocument)
def delete_the_file(sender: Any, instance: ConsentDocument, **kwargs: Any) -> None:
    """Delete the file of a deleted row, once that is committed."""
    name = instance.stored_name

    def delete() -> None:
        try:
            store().delete(name)
        except Exception:
            logger.exception("A deleted consent's file is still in the store.")

    transaction.on_commit(delete)


class SignedConsents(Holding):
    """The files, written anew when keys change."""

    name = "signed consents"

    def in_use(self) -> Counter[str]:
        return Counter(key for _document, key in self._kept())

    def renew(self) -> Iterator[bool]:
        current = self.current()
        for document, key in self._kept():
            if key not in current:
                yield self._renew(document)

    def _kept(self) -> Iterator[tuple[ConsentDocument, str]]:
        """Yield each document with the name of its file's key."""
        for document in ConsentDocument.objects.defer("name").iterator():
            try:
                with store().open(document.stored_name) as file:
                    key = key_name(file)
            except FileNotFoundError:
                continue
            # Among them that the store does not answer: then nobody knows the key.
            except Exception:  # noqa: BLE001  each kind of store has its own
                key = UNKNOWN
            yield document, key

    def _renew(self, document: ConsentDocument) -> bool:
        try:
            content = b"".join(read(document))
        except encryption.EncryptionError:
            return False
        # Both kinds of stores have it; Django's interface does not.
        found: Any = store()
        pieces = _pieces(document, content)
        try:
            found.replace(document.stored_name, pieces)
        except Exception:
            logger.exception("A signed consent cannot be written anew.")
            return False
        if not ConsentDocument.objects.filter(pk=document.pk).exists():
            store().delete(document.stored_name)  # erased meanwhile
        return True


def _pieces(document: ConsentDocument, content: bytes) -> ContentFile[bytes]:
    key = encryption.first_key()
    return ContentFile(b"".join(encrypted(content, document.place, key)))


def _write(document: ConsentDocument, content: bytes) -> None:
    if not _has_room():
        raise StoreDown("less room left than APPLICANTS_RESERVE")
    pieces = _pieces(document, content)
    try:
        written = store().save(document.stored_name, pieces)
    except Exception as error:
        # A disk that is full has taken half of it.
        with suppress(Exception):
            store().delete(document.stored_name)
        raise StoreDown from error
    if written != document.stored_name:
        store().delete(written)
        raise StoreDown


def _has_room() -> bool:
    """Return whether the disk has more room than it must keep for the site itself."""
    found = store()
    if not isinstance(found, FileSystemStorage):
        return True
    place = Path(found.location)
    while not place.exists():  # nothing was ever stored
        place = place.parent
    return shutil.disk_usage(place).free >= settings.APPLICANTS_RESERVE
