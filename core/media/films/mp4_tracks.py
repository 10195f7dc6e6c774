"""Tracks of an MP4 beside picture and sound, and where their samples lie.

GoPro, Android, Apple and Sony write into tracks of data where the camera is, each
second; drones write it into subtitles. Captions of ours are a file of their own.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import Any

from core.media.films.blank import Blank, UnremovableTrack

_KEPT = {b"vide", b"soun"}
_ENTRIES_OF_DATA = {b"gpmd", b"camm", b"mebx", b"mett", b"metx", b"rtmd", b"tx3g"}
_SIZES, _CHUNKS, _PLACES, _LONG_PLACES = b"stsz", b"stsc", b"stco", b"co64"
_STEP = 24 * 1024  # bytes read at once; entries have four, eight or twelve
# Each takes a place in a list. Two chunks a second are usual.
MOST_CHUNKS = 500_000
MOST_SAMPLES = 20_000_000


def is_of_data(boxes: Iterable[Any], file: Any) -> bool:
    """Return whether a track, by its boxes, is neither picture nor sound.

    One that does not say what it is, which no player shows, is not.
    """
    for box in boxes:
        if box.within == b"stsd" and box.kind in _ENTRIES_OF_DATA:
            return True
        if box.kind == b"hdlr" and box.within == b"mdia":
            file.seek(box.content + 8)
            if file.read(4) not in _KEPT:
                return True
    return False


def samples(
    tracks: Iterable[Iterable[Any]], file: Any, media: Sequence[tuple[int, int]]
) -> Iterator[Blank]:
    """Yield where the samples of ``tracks`` lie.

    Args:
        tracks: The boxes of each.
        file: The film.
        media: The ranges that hold pictures and sounds, in order.

    Raises:
        UnremovableTrack: A track does not say so, or leads elsewhere.
    """
    begins, left = [start for start, _end in media], file.size
    chunks = (chunk for boxes in tracks for chunk in _chunks(boxes, file))
    for number, (start, length) in enumerate(chunks):
        holder = bisect_right(begins, start) - 1
        left -= length
        is_inside = holder >= 0 and start + length <= media[holder][1]
        if number >= MOST_CHUNKS or left < 0 or not (is_inside or not length):
            raise UnremovableTrack
        yield Blank(start, b"", start, start + length)


def _chunks(boxes: Iterable[Any], file: Any) -> Iterator[tuple[int, int]]:
    """Yield place and length of each chunk of a track."""
    tables = {box.kind: box for box in boxes if box.within == b"stbl"}
    if b"stz2" in tables:  # sizes of half a byte, which no camera writes
        raise UnremovableTrack
    sizes = _sizes(file, tables.get(_SIZES))
    for start, count in zip(
        _offsets(file, tables), _counts(file, tables.get(_CHUNKS)), strict=False
    ):
        yield start, sum(islice(sizes, count))
    if any(sizes):  # more samples than the chunks hold
        raise UnremovableTrack


def _sizes(file: Any, table: Any) -> Iterator[int]:
    """Return the sizes of all samples."""
    if not table:
        return iter(())
    file.seek(table.content + 4)
    size, count = struct.unpack(">II", file.read(8).ljust(8, b"\0"))
    if count > MOST_SAMPLES:
        raise UnremovableTrack
    if size:
        return repeat(size, count)
    return (size for (size,) in _entries(file, table, ">I", 8))


def _offsets(file: Any, tables: dict[bytes, Any]) -> Iterator[int]:
    """Yield where each chunk begins."""
    for kind, layout in ((_PLACES, ">I"), (_LONG_PLACES, ">Q")):
        for (place,) in _entries(file, tables.get(kind), layout, 4):
            yield place


def _counts(file: Any, table: Any) -> Iterator[int]:
    """Yield how many samples each chunk has, without an end."""
    chunk, count = 1, 0
    for first, following, _description in _entries(file, table, ">III", 4):
        yield from repeat(count, first - chunk)
        chunk, count = first, following
    yield from repeat(count)


def _entries(
    file: Any, table: Any, layout: str, before: int
) -> Iterator[tuple[int, ...]]:
    """Yield the entries of a table, whose number stands ``before`` bytes into it."""
    if not table:
        return
    file.seek(table.content + before)
    length = struct.calcsize(layout)
    place = table.content + before + 4
    end = place + int.from_bytes(file.read(4)) * length
    if end > table.end:
        raise UnremovableTrack
    while place < end:
        file.seek(place)
        read = file.read(min(_STEP, end - place))
        yield from struct.iter_unpack(layout, read)
        place += len(read)
