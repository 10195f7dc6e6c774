"""Removes metadata, such as locations and titles, from uploaded videos."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from django.core.files import File

from core.media import webm
from core.media.webm import DamagedFilm

# Boxes that no player needs: telephones write there where a film was made.
_DROPPED = {b"udta", b"meta", b"uuid"}
_ENTERED = {b"moov", b"trak"}
_CHUNK = 1024 * 1024
# A film has some dozens, or two for each second where it is cut into fragments. Files
# made to keep a server busy have millions.
MOST_BOXES = 50_000


class Box(NamedTuple):
    """A part of an MP4 file (ISO/IEC 14496-12): its place, in bytes."""

    kind: bytes
    start: int
    content: int
    end: int


def without_metadata(file: Any) -> Any:
    """Return ``file``, an MP4 or WebM, with its metadata blanked out.

    Sizes and places stay as they are, so that picture and sound are untouched. What is
    neither has no such parts and is returned as it is; so is one that no player reads,
    which `film_check` refuses.

    Args:
        file: A Django file, at any position; changed itself where that is possible.
    """
    try:
        blanks = list(webm.blanks(file) if webm.is_webm(file) else _blanks(file))
    except DamagedFilm:
        blanks = []
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


def boxes(file: Any) -> Iterator[Box]:
    """Yield the boxes of a file, those in a film's and its tracks' heads as well.

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
            todo.append((box.content, box.end))


def _box(file: Any, start: int, end: int) -> Box:
    file.seek(start)
    head = file.read(16)
    size, content = int.from_bytes(head[:4]), start + 8
    if size == 1:  # the size is too large for four bytes and follows
        size, content = int.from_bytes(head[8:]), start + 16
    elif size == 0:
        size = end - start
    return Box(head[4:8], start, content, start + size)
