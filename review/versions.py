"""What of a page is reviewed, and whether two versions of it say the same."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from modelcluster.models import get_all_child_relations

from core.prefetch.walk import stream_fields, walk
from core.publishing.permissions import metadata_names
from core.publishing.versions import MANY_WORDS, content

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
    }
)
# How rich text names its paragraphs: the editor writes it, readers get nothing of it.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_WORD = re.compile(r"\w+(?:[.,]\w+)*")


@dataclass(frozen=True)
class Version:
    """What a page says.

    Args:
        digest: Of everything: equal for versions that say the same.
        shape: A digest of everything but texts: blocks, pictures, numbers, choices of
            records.
        text: All texts as they are stored, with their markup, a line each.
    """

    digest: str
    shape: str
    text: str


def version_of(page: Any) -> Version:
    """Return what ``page`` says: title, fields, streams and rows.

    Metadata, dates of publication, and what a page type names in ``not_reviewed`` do
    not count. Neither do ids of blocks and rows, so that a version is the same
    whether code or the page form stored it.
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
    }
    texts = [leaf for leaf in _leaves(said) if isinstance(leaf, str)]
    return Version(_digest(said), _digest(_without_texts(said)), "\n".join(texts))


def is_spelling(before: Version, after: Version) -> bool:
    """Return whether two versions differ in a few words and in no figure.

    Figures stand in what is cited and linked, too.
    """
    if before.shape != after.shape:
        return False
    had, has = (Counter(_WORD.findall(each.text)) for each in (before, after))
    changed = (had - has) + (has - had)
    if any(char.isdigit() for word in changed for char in word):
        return False
    return changed.total() <= MANY_WORDS


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


def _without_texts(part: Any) -> Any:
    match part:
        case dict():
            return {key: _without_texts(value) for key, value in part.items()}
        case list():
            return [_without_texts(value) for value in part]
        case str():
            return bool(part)
    return part


def _leaves(part: Any) -> Iterator[Any]:
    match part:
        case dict():
            for key in sorted(part):
                yield from _leaves(part[key])
        case list():
            for value in part:
                yield from _leaves(value)
        case _:
            yield part


def _digest(part: Any) -> str:
    # Dates and times are stored as ISO texts.
    written = json.dumps(part, sort_keys=True, default=str)
    return sha256(written.encode()).hexdigest()
