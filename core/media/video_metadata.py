"""Removes metadata, such as locations and titles, from uploaded videos."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, NamedTuple

from django.core.files import File

from core.media import webm
from core.media.webm import DamagedFilm

# Boxes that no player needs: telephones and cameras write there where a film was made,
# some of them into what is said to be free.
_DROPPED = {b"udta", b"meta", b"uuid", b"free", b"skip"}
_DROPPED |= {b"gps ", b"loci", b"XMP_", b"\xa9xyz"}
# What holds other boxes, and after how many bytes they begin.
_ENTERED = dict.fromkeys((b"moov", b"trak", b"mdia", b"minf", b"stbl"), 0)
_ENTERED |= dict.fromkeys((b"mvex", b"moof", b"traf"), 0) | {b"stsd": 8}
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
# Tracks beside picture and sound: GoPro, Android, Apple and Sony write there where the
# camera is, each second.
_TRACKS_OF_DATA = {b"gpmd", b"camm", b"mebx", b"mett", b"metx", b"rtmd"}
_HANDLERS_OF_DATA = {b"meta", b"camm"}
_CHUNK = 1024 * 1024
# A film has some dozens, or a dozen for each second where it is cut into fragments.
# Files made to keep a server busy have millions.
MOST_BOXES = 200_000


class Box(NamedTuple):
    """A part of an MP4 file (ISO/IEC 14496-12): its place, in bytes."""

    kind: bytes
    start: int
    content: int
    end: int


def without_metadata(file: Any) -> Any:
    """Return ``file``, an MP4 or WebM, with its metadata blanked out.

    Sizes and places stay as they are, so that picture and sound are untouched. What is
    neither has no such parts and is returned as it is. Of one that is damaged, which
    `film_check` refuses, what stands before the damage is blanked out.

    Args:
        file: A Django file, at any position; changed itself where that is possible.
    """
    blanks: list[webm.Blank] = []
    with suppress(DamagedFilm):
        blanks.extend(webm.blanks(file) if webm.is_webm(file) else _blanks(file))
    if blanks and not file.writable():
        file.seek(0)
        file = File(BytesIO(file.read()), name=file.name)
    for blank in blanks:
        file.seek(blank.start)
        file.write(blank.head)
        file.seek(blank.content)
        for position in range(blank.content, blank.end, _CHUNK):
            file.write(bytes(min(_CHUNK, blank.end - position)))
    file.seek(0)
    return file


def _blanks(file: Any) -> Iterator[webm.Blank]:
    for box in boxes(file):
        if box.kind in _DROPPED:
            yield webm.Blank(box.start + 4, b"free", box.content, box.end)
        elif box.kind in _DATED:
            file.seek(box.content)
            # When it was made and changed, in four bytes each, or in eight.
            dates = box.content + (20 if file.read(1) == b"\x01" else 12)
            yield webm.Blank(box.content, b"", box.content + 4, min(dates, box.end))


def has_track_of_data(file: Any) -> bool:
    """Return whether a film has a track that is neither picture, sound nor text.

    Raises:
        DamagedFilm: As ``boxes``.
    """
    for box in boxes(file):
        if box.kind in _TRACKS_OF_DATA:
            return True
        if box.kind == b"hdlr":
            file.seek(box.content + 8)
            if file.read(4) in _HANDLERS_OF_DATA:
                return True
    return False


def boxes(file: Any) -> Iterator[Box]:
    """Yield the boxes of a file, in heads, tracks and fragments as well.

    Raises:
        DamagedFilm: When it comes to a box that is longer than what it lies in, or to
            more boxes than a film has.
    """
    count, todo = 0, [(0, file.size)]
    while todo:
        start, end = todo.pop()
        if end - start < 8:  # nothing, or what some programs fill up with
            continue
        box = _box(file, start, end)
        count += 1
        if box.content > box.end or box.end > end or count > MOST_BOXES:
            raise DamagedFilm
        yield box
        todo.append((box.end, end))
        if box.kind in _ENTERED:
            todo.append((box.content + _ENTERED[box.kind], box.end))


def _box(file: Any, start: int, end: int) -> Box:
    file.seek(start)
    head = file.read(16)
    size, content = int.from_bytes(head[:4]), start + 8
    if size == 1:  # the size is too large for four bytes and follows
        size, content = int.from_bytes(head[8:]), start + 16
    elif size == 0:
        size = end - start
    return Box(head[4:8], start, content, start + size)
