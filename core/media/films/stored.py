"""Takes out of stored films what is taken out of those that are uploaded now."""

from enum import StrEnum
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.db import transaction

from core.media.films.blank import DamagedFilm, UnremovableTrack
from core.media.films.cleaning import all_blanks, to_blank
from core.media.stores import either_store
from core.models.videos import Video
from delivery.purging import queue_purge


class Found(StrEnum):
    """The state of a stored film."""

    CLEAN = "clean"
    TOLD = "says more than picture and sound"
    UNREMOVABLE = "has a track that cannot be taken out"


def look_at(video: Video) -> Found:
    """Look whether a film, or a file that it replaced, is still to be cleaned.

    Raises:
        Exception: What its store raises where the file is missing.
    """
    if _replaced_untidily(video):
        return Found.TOLD
    with video.file.open() as file:
        if to_blank(file):
            return Found.TOLD
        return Found.CLEAN if _is_understood(file) else Found.UNREMOVABLE


def clean(pk: int) -> Found:
    """Store a film without its metadata, and return its former state.

    The row holds the old file until the new one is complete, so that nothing is lost
    however it is interrupted. The old one is not kept for pages in caches, as others
    that are replaced are: it is what had to go. So are those kept from before.

    Raises:
        Exception: As ``look_at``; nothing has changed then.
    """
    with transaction.atomic():
        video = Video.objects.select_for_update().get(pk=pk)
        found = look_at(video)
        if found is Found.TOLD:
            _store_clean(video)
            if look_at(video) is Found.UNREMOVABLE:
                found = Found.UNREMOVABLE
    return found


def _store_clean(video: Video) -> None:
    old, gone = str(video.file.name), _replaced_untidily(video)
    try:
        with video.file.open() as file:
            if to_blank(file):
                video.file.save(PurePath(old).name, File(file.file), save=False)
                gone.append(old)
        video.save()
        video.replaced_files.filter(name__in=gone).delete()
    except BaseException:
        if video.file.name != old:
            either_store.delete(str(video.file.name))
        raise

    def delete() -> None:
        for name in gone:
            either_store.delete(name)
        queue_purge()

    transaction.on_commit(delete)


def _replaced_untidily(video: Video) -> list[str]:
    """Return the names of former files of the film that still say more."""
    names = [each.name for each in video.replaced_files.all()]
    return [name for name in names if either_store.exists(name) and _tells(name)]


def _tells(name: str) -> bool:
    with either_store.open(name) as file:
        return bool(to_blank(file)) or not _is_understood(file)


def _is_understood(file: Any) -> bool:
    """Return whether all is known that a film holds; captions hold nothing."""
    try:
        return all(True for _blank in all_blanks(file))
    except UnremovableTrack:
        return False
    except DamagedFilm:  # which no player shows to its end, nor anything behind it
        return True
