"""Whom videos at other hosts show, and whether these people allow it.

`core` knows no people. Who keeps their consents says where the part of the block is
that names them, in its ``apps.py``: blocks are made while models are, and that before
any application is ready.
"""

from typing import Any

from django.utils.module_loading import import_string

PEOPLE = "people"
_paths: list[tuple[str, str]] = []


def register_people(block: str, is_withheld: str) -> None:
    """Register who keeps the consents of the people in videos.

    Args:
        block: The path of a function that returns the block that names them. Its module
            imports no models.
        is_withheld: That of one which says of the block's value whether the video may
            not be shown now.
    """
    _paths[:] = [(block, is_withheld)]


def part_for_people() -> list[tuple[str, Any]]:
    """Return the part of the block that names people, with its name."""
    return [(PEOPLE, import_string(block)()) for block, _is_withheld in _paths]


def is_withheld(video: Any) -> bool:
    """Return whether somebody whom ``video`` shows does not allow it."""
    people = video.get(PEOPLE) or ()
    return any(import_string(withheld)(people) for _block, withheld in _paths)
