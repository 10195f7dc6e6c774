"""What is taken out of an uploaded film before it is stored."""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple

from django.core.files import File

# Boxes that no player needs: telephones write there where a film was made.
_DROPPED = {b"udta", b"meta", b"uuid"}
_ENTERED = {b"moov", b"trak"}
_CHUNK = 1024 * 1024
# A film has some dozens. Files made to keep a server busy have millions.
_MOST_BOXES = 10_000


class _Box(NamedTuple):
    """A part of an MP4 file (ISO/IEC 14496-12): its place, in bytes."""

    kind: bytes
    start: int
    content: int
    end: int


def without_metadata(file: Any) -> Any:
    """Return ``file``, an MP4, with its user data and metadata blanked out.

    Sizes and places stay as they are, so that picture and sound are untouched. What is
    no MP4 has no such boxes and is returned as it is.

    Args:
        file: A Django file, at any position; changed itself where that is possible.
    """
    dropped = [
        box
        for box in islice(_boxes(file, 0, file.size), _MOST_BOXES)
        if box.kind in _DROPPED
    ]
    if dropped and not file.writable():
        file.seek(0)
        file = File(BytesIO(file.read()), name=file.name)
    for box in dropped:
        file.seek(box.start + 4)
        file.write(b"free")
        file.seek(box.content)
        for position in range(box.content, box.end, _CHUNK):
            file.write(bytes(min(_CHUNK, box.end - position)))
    file.seek(0)
    return file


def _boxes(file: Any, start: int, end: int) -> Iterator[_Box]:
    """Yield the boxes between ``start`` and ``end``, as far as they make sense."""
    while start + 8 <= end:
        file.seek(start)
        head = file.read(16)
        size, content = int.from_bytes(head[:4]), start + 8
        if size == 1:  # the size is too large for four bytes and follows
            size, content = int.from_bytes(head[8:]), start + 16
        elif size == 0:
            size = end - start
        box = _Box(head[4:8], start, content, start + size)
        if box.content > box.end or box.end > end:
            return
        yield box
        if box.kind in _ENTERED:
            yield from _boxes(file, box.content, box.end)
        start = box.end
