"""What is put in order in a page's streams before a version of it is stored."""

from collections.abc import Callable, Collection
from typing import Any

from core.prefetch.walk import stream_fields
from core.text.anchors import assign_anchors

Completion = Callable[[Any], None]

_completions: list[Completion] = []


def register(completion: Completion) -> None:
    """Have every page type's streams pass through ``completion(page)``, too."""
    _completions.append(completion)


def complete(page: Any, update_fields: Collection[str] | None = None) -> None:
    """Put the streams of ``page`` in order, at every door by which it is stored.

    Args:
        page: The page as it is about to be stored.
        update_fields: The names of the fields that are stored, None for all.
    """
    names = {field.name for field in stream_fields(page)}
    if update_fields is not None and not names & set(update_fields):
        return
    if update_fields is None:
        assign_anchors(page)
    for completion in _completions:
        completion(page)
