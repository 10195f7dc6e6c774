"""Stores a file that was sent: once, encrypted, and before its row."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models.applications import Application
from applications.models.drafts import Draft
from applications.models.uploads import Upload
from applications.uploads import scanning
from applications.uploads.checking import checked
from applications.uploads.stored import store, write
from applications.uploads.tasks import scan_upload
from core import encryption
from core.tasks import enqueue

# While the scanner hangs, somebody waits for it with one file and not with ten.
_SCANNER_GONE = "applications.uploads.scanner-gone"
_PAUSE = 60  # seconds


class DraftGone(Exception):
    """The draft, or application, was deleted or sent meanwhile; nothing was kept."""


Holder = Draft | Application


@dataclass(frozen=True)
class Limits:
    """How many files a question takes, and how many megabytes each may have."""

    files: int
    megabytes: int


def keep(
    holder: Holder, question: str, name: str, content: bytes, limits: Limits
) -> Upload:
    """Return the upload that keeps ``content``; the same bytes are kept once.

    Args:
        holder: What is being filled in, or was sent.
        question: The id of its block, or what else the file belongs to.
        name: As the browser sent it.
        content: All of the file.
        limits: Those of the question.

    Raises:
        ValidationError: It is not taken; with a sentence for the applicant.
        DraftGone: There is nothing to keep it for.
        StoreDown: It cannot be stored at the moment.
        core.encryption.EncryptionError: There is no key to encrypt with.
    """
    identity = _identity(holder, question, content)
    if earlier := _earlier(holder, question, identity):
        if not earlier.can_be_read:
            raise _virus()
        return earlier
    _check_number(holder, question, limits)
    safe = checked(name, content, limits.megabytes)
    upload = Upload(
        **_of(holder),
        question=question,
        name=safe.name,
        size=len(safe.content),
        content_type=safe.content_type,
        digest=encryption.digest(identity),
        scan=_scanned(content),
    )
    write(upload, safe.content)
    try:
        return _add(holder, upload, identity, limits)
    except (ValidationError, DraftGone):
        store().delete(upload.stored_name)
        raise
    # Where the database fails, a row may be there after all: its file stays, and one
    # without a row is deleted by the nightly run.


def _add(holder: Holder, upload: Upload, identity: str, limits: Limits) -> Upload:
    """Save the row, or return that of the same file that another request kept."""
    try:
        with transaction.atomic():
            # One at a time, so that the number of files is that which is allowed.
            held: Any = type(holder)._base_manager.filter(pk=holder.pk)
            if held.select_for_update().only("pk").first() is None:
                raise DraftGone
            earlier = _earlier(holder, upload.question, identity)
            if earlier is None:
                _check_number(holder, upload.question, limits)
                upload.save(force_insert=True)
                if isinstance(holder, Draft):
                    # What was reviewed before is not what would be sent now.
                    held.update(version=F("version") + 1)
                if upload.scan == Upload.Scan.PENDING:
                    enqueue(scan_upload, str(upload.pk))
    except IntegrityError:
        # Another stored the same meanwhile, or the draft was deleted.
        earlier = _earlier(holder, upload.question, identity)
        if earlier is None:
            raise DraftGone from None
    if earlier:
        store().delete(upload.stored_name)
    return earlier or upload


def _scanned(content: bytes) -> Upload.Scan:
    if not scanning.is_set_up():
        return Upload.Scan.NONE
    if cache.get(_SCANNER_GONE):
        return Upload.Scan.PENDING
    try:
        verdict = scanning.scan([content])
    except scanning.ScannerGone:
        cache.set(_SCANNER_GONE, True, _PAUSE)
        return Upload.Scan.PENDING
    if verdict is scanning.Verdict.VIRUS:
        raise _virus()
    return Upload.Scan.CLEAN


def _virus() -> ValidationError:
    return ValidationError(
        _(
            "Our virus scanner has found something in this file, so we have not kept "
            "it. Send a photograph of it, or bring it with you."
        ),
        code="virus",
    )


def _of(holder: Holder) -> dict[str, Any]:
    return {"draft" if isinstance(holder, Draft) else "application": holder}


def _earlier(holder: Holder, question: str, identity: str) -> Upload | None:
    same = Upload.objects.filter(**_of(holder), question=question)
    matches = encryption.digest_matches
    return next((each for each in same if matches(each.digest, identity)), None)


def _identity(holder: Holder, question: str, content: bytes) -> str:
    # With the draft, so that two applicants' equal files have no equal digest.
    return json.dumps([holder.pk.hex, question, hashlib.sha256(content).hexdigest()])


def _check_number(holder: Holder, question: str, limits: Limits) -> None:
    if Upload.objects.filter(**_of(holder), question=question).count() >= limits.files:
        raise too_many(limits.files)


def too_many(most: int) -> ValidationError:
    sentence = ngettext(
        "Only %(count)d file can be sent here. Remove it to send another.",
        "Only %(count)d files can be sent here. Remove one to send another.",
        most,
    )
    return ValidationError(sentence % {"count": most}, code="too_many")
