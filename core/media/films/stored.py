"""Takes out of stored films what is taken out of those that are uploaded now."""

from collections import deque
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.db import transaction

from core.media.films.blank import DamagedFilm, UnremovableTrack
from core.media.films.cleaning import VERSION, all_blanks, to_blank
from core.media.stores import either_store
from core.models.videos import Video
from delivery.purging import queue_purge


class Found(StrEnum):
    """The state of a stored film."""

    CLEAN = "clean"
    TOLD = "says more than picture and sound"
    # What an editor alone can mend; `Video.film_problem` says how.
    UNREMOVABLE = "has a track that cannot be taken out"
    DAMAGED = "is damaged, and what is behind that cannot be looked at"


def look_at(video: Video) -> Found:
    """Look whether a film, or a file that it replaced, is still to be cleaned.

    Raises:
        Exception: What its store raises where the file is missing.
    """
    return _of_all(video, _states(video))


def clean(pk: int) -> tuple[bool, Found]:
    """Store a film without its metadata; return whether it was, and its state now.

    The row holds the old file until the new one is complete, so that nothing is lost
    however it is interrupted. The old one is not kept for pages in caches, as others
    that are replaced are: it is what had to go. So are those kept from before. What was
    looked at once is not read again. Files are read and copied with nothing locked.

    Raises:
        Exception: As ``look_at``; nothing has changed then.
    """
    video = Video.objects.get(pk=pk)
    states = _states(video)
    _note(video, states)
    found = _of_all(video, states)
    if found is not Found.TOLD:
        return False, found
    if not _store_clean(video, states):
        return clean(pk)  # somebody has uploaded another film meanwhile
    video = Video.objects.get(pk=pk)
    states = _states(video)
    _note(video, states)
    return True, _of_all(video, states)


def _store_clean(video: Video, states: dict[str, Found]) -> bool:
    """Store a film clean unless its row has another file by then."""
    old = str(video.file.name)
    gone = [name for name, state in states.items() if state is not Found.CLEAN]
    if states[old] is Found.TOLD:
        with video.file.open() as file:
            video.file.save(PurePath(old).name, File(file.file), save=False)
    elif old in gone:
        gone.remove(old)
    new = str(video.file.name)
    is_stored = False
    try:
        with transaction.atomic():
            locked = Video.objects.select_for_update().get(pk=video.pk)
            if locked.file.name == old:
                locked.file = new
                locked.save()
                # Their files go with the rows, once that is committed.
                locked.replaced_files.filter(name__in=gone).delete()
                is_stored = True
    finally:
        if is_stored:  # whether or not all files could be deleted
            queue_purge()
        if new != old and not Video.objects.filter(pk=video.pk, file=new).exists():
            either_store.delete(new)
    return is_stored


def _states(video: Video) -> dict[str, Found]:
    """Return the state of a film's file and of each that it replaced, by name."""
    known = video.looked_at or {}
    replaced = [each.name for each in video.replaced_files.all()]
    found: dict[str, Found] = {}
    for name in (str(video.file.name), *replaced):
        version, state = known.get(name, (0, ""))
        if version == VERSION:
            found[name] = Found[state]
        elif name in replaced and not either_store.exists(name):
            found[name] = Found.CLEAN
        else:
            found[name] = _state_of(name)
    return found


def _of_all(video: Video, states: dict[str, Found]) -> Found:
    own = states[str(video.file.name)]
    others = {state for name, state in states.items() if name != video.file.name}
    # What was replaced goes if it says more, or may.
    return own if others <= {Found.CLEAN} else Found.TOLD


def _note(video: Video, states: dict[str, Found]) -> None:
    """Keep what was found, so that no film is read each night."""
    noted = {
        name: [VERSION, state.name]
        for name, state in states.items()
        if state is not Found.TOLD
    }
    if noted != (video.looked_at or {}):
        Video.objects.filter(pk=video.pk).update(looked_at=noted)


def _state_of(name: str) -> Found:
    if name.endswith(".vtt"):  # captions, which hold nothing
        return Found.CLEAN
    with either_store.open(name) as file:
        if to_blank(file):
            return Found.TOLD
        return _understood(file)


def _understood(file: Any) -> Found:
    """Return whether all is known that a film holds which has nothing to blank."""
    try:
        deque(all_blanks(file), maxlen=0)
    except UnremovableTrack:
        return Found.UNREMOVABLE
    except DamagedFilm:
        return Found.DAMAGED
    return Found.CLEAN
