"""What of a page is reviewed, as a version that can be compared."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from modelcluster.models import get_all_child_relations

from core.prefetch.walk import stream_fields, walk
from core.publishing.permissions import metadata_names
from core.publishing.versions import content

# Of the page's own fields, those that say nothing to readers.
_ABOUT_PUBLISHING = frozenset(
    {
        "significant_change",
        "override_reason",
        "answered_problems",
        "is_medical",
        "spelling_only",
        "review",
        "reviewed_digest",
        "changed_since_review",
        "change_note",
        "updated_note",
    }
)
# How rich text names its paragraphs: the editor writes it, readers get nothing of it.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


@dataclass(frozen=True)
class Version:
    """What a page says.

    Args:
        digest: Equal for versions that say the same.
        said: The parts by their names, as they are stored.
    """

    digest: str
    said: dict[str, Any]


def version_of(page: Any) -> Version:
    """Return what ``page`` says: title, fields, streams and rows.

    Metadata, dates of publication, and what a page type names in ``not_reviewed`` do
    not count. Neither do ids of blocks and rows, so that a version is the same
    whether code or the page form stored it, nor what is empty or as it is by default,
    so that it stays the same when a release brings a new field.
    """
    list(walk(page))  # streams that were never read are stored as they came
    own = {"title"} | {field.name for field in page._meta.local_fields}
    rows = {r.get_accessor_name() for r in get_all_child_relations(type(page))}
    streams = {field.name for field in stream_fields(page)}
    names = (own | rows) - metadata_names(type(page)) - _ABOUT_PUBLISHING
    said = {
        name: _plain(part, is_stream=name in streams)
        for name, part in content(page).items()
        if name in names - getattr(page, "not_reviewed", frozenset())
        and not (name in own and _is_default(page, name, part))
    }
    said = _without_empty(said)
    return Version(_digest(said), said)


def _plain(part: Any, *, is_stream: bool) -> Any:
    """Return a stored part without the ids and marks that storing it leaves."""
    match part:
        case dict():
            left_out = {"id", "anchor"} if is_stream else {"sort_order"}
            return {
                key: _plain(value, is_stream=is_stream)
                for key, value in part.items()
                if key not in left_out
            }
        case list():
            return [_plain(value, is_stream=is_stream) for value in part]
        case str():
            return _BLOCK_KEY.sub("", part)
    return part


def _is_default(page: Any, name: str, part: Any) -> bool:
    field = page._meta.get_field(name)
    return field.has_default() and not callable(field.default) and part == field.default


def _without_empty(part: Any) -> Any:
    """Return a part without those within it that hold nothing, however it is kept."""
    match part:
        case dict():
            said = {key: _without_empty(value) for key, value in part.items()}
            return {key: value for key, value in said.items() if not _is_empty(value)}
        case list():
            return [_without_empty(value) for value in part]
    return part


def _is_empty(part: Any) -> bool:
    # Zero is a figure.
    return part is None or part is False or part in ("", [], {})


def _digest(part: Any) -> str:
    # Dates and times are stored as ISO texts.
    written = json.dumps(part, sort_keys=True, default=str)
    return sha256(written.encode()).hexdigest()
