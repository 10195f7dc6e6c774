"""The digests that chain the entries of a log."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

# What an entry's digest covers beside the one before it. Its words come in by a digest
# of their own, so that they can be erased and the chain still holds.
COVERED = (
    "number",
    "timestamp",
    "action",
    "user_id",
    "uuid",
    "content_type_id",
    "object_id",
    "content_changed",
    "deleted",
    "words_digest",
)
START = "0" * 64


def entry_digest(before: str, entry: Mapping[str, Any]) -> str:
    """Return the digest of an entry.

    Args:
        before: The digest of the entry before it; `START` for the first.
        entry: Its fields by name; all that `COVERED` names are needed.
    """
    return _digest([before, *(entry[name] for name in COVERED)])


def words_digest(salt: str, label: str, data: Any) -> str:
    """Return the digest of what an entry says; salted, so that it reveals nothing."""
    return _digest([salt, label, data])


def sealed_text(log: str, number: int, digest: str) -> str:
    """Return what the end of a chain is sealed by, with a key."""
    return json.dumps([log, number, digest])


def _digest(values: list[Any]) -> str:
    text = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
