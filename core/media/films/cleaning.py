"""Removes metadata, such as locations and titles, from films."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from tempfile import TemporaryFile
from typing import Any

from django.core.files import File

from core.media.films import mp4, webm
from core.media.films.blank import Blank, DamagedFilm, UnremovableTrack

# Raised where more is taken out than before: stored films are then read anew.
VERSION = 1


@contextmanager
def without_metadata(file: Any) -> Iterator[Any]:
    """Give ``file``, an MP4 or WebM, with its metadata blanked out.

    Sizes and places stay as they are, so that picture and sound are untouched. What is
    neither has no such parts and is given as it is. Of one that is damaged, which
    `film_check` refuses, what stands before the damage is blanked out.

    Args:
        file: A Django file, at any position; changed itself where that is possible,
            else copied to the disk for as long as it is used.
    """
    blanks = to_blank(file)
    with ExitStack() as stack:
        if blanks and not file.writable():
            copy = stack.enter_context(TemporaryFile())
            file.seek(0)
            shutil.copyfileobj(file, copy)
            file = File(copy, name=file.name)
        for blank in blanks:
            blank.overwrite(file)
        file.seek(0)
        yield file


def to_blank(file: Any) -> list[Blank]:
    """Return what is still to be overwritten; nothing once a film is clean."""
    blanks: list[Blank] = []
    with suppress(DamagedFilm, UnremovableTrack):
        blanks.extend(all_blanks(file))
    return [blank for blank in blanks if not blank.is_done(file)]


def all_blanks(file: Any) -> Iterator[Blank]:
    """Yield every range that a clean film has blank.

    Raises:
        DamagedFilm: Where its parts do not fit.
        UnremovableTrack: After all others, where a track of data cannot be found.
    """
    return webm.blanks(file) if webm.is_webm(file) else mp4.blanks(file)
