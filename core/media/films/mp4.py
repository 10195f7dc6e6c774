"""Reads the boxes of MP4 files, and finds their metadata (ISO/IEC 14496-12)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from core.media.films import mp4_tracks
from core.media.films.blank import Blank, DamagedFilm, UnremovableTrack

# Boxes that no player needs: telephones and cameras write there where a film was made,
# some of them into what is said to be free.
_DROPPED = {b"udta", b"meta", b"uuid", b"free", b"skip"}
_DROPPED |= {b"gps ", b"loci", b"XMP_", b"\xa9xyz"}
# What players read of the file, of its head and of a track: makers add boxes of theirs.
_KEPT = {
    b"": {b"ftyp", b"styp", b"pdin", b"moov", b"moof", b"mdat", b"mfra", b"sidx"}
    | {b"ssix"},
    b"moov": {b"mvhd", b"iods", b"trak", b"mvex", b"pssh", b"clip", b"ctab"},
    b"trak": {b"tkhd", b"tref", b"trgr", b"edts", b"mdia", b"tapt", b"clip", b"matt"}
    | {b"load", b"imap"},
}
# What holds other boxes, by what it lies in: there alone, so that nothing is deep.
_ENTERED = {b"moov": b"", b"trak": b"moov", b"mdia": b"trak", b"minf": b"mdia"}
_ENTERED |= {b"stbl": b"minf", b"stsd": b"stbl"}
_ENTERED |= {b"mvex": b"moov", b"moof": b"", b"traf": b"moof"}
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
# A film has some dozens, or a dozen for each second where it is cut into fragments.
# Files made to keep a server busy have millions.
MOST_BOXES = 200_000


class Box(NamedTuple):
    """A part of an MP4 file: its place in bytes, and the kind of what it lies in."""

    kind: bytes
    start: int
    content: int
    end: int
    within: bytes


def blanks(file: Any) -> Iterator[Blank]:
    """Yield the ranges to overwrite, so that no metadata is left.

    Raises:
        DamagedFilm: As ``boxes``.
        UnremovableTrack: After all others, of a track of data that cannot be found.
    """
    media: list[Box] = []
    tracks: list[Box] = []
    is_fragmented, passed = False, 0
    for box in boxes(file):
        is_fragmented |= box.kind == b"moof"
        if box.start < passed:
            continue  # in a track that is dropped as a whole
        if box.kind == b"mdat" and not box.within:
            media.append(box)
        elif (box.within, box.kind) == (b"moov", b"trak") and mp4_tracks.is_of_data(
            boxes(file, box), file
        ):
            tracks.append(box)
            passed = box.end
        elif box.kind in _DROPPED or box.kind not in _KEPT.get(box.within, {box.kind}):
            passed = box.end
            yield _free(box)
        elif box.kind in _DATED:
            file.seek(box.content)
            # When it was made and changed, in four bytes each, or in eight.
            dates = box.content + (20 if file.read(1) == b"\x01" else 12)
            yield Blank(box.content, b"", box.content + 4, min(dates, box.end))
    if tracks and is_fragmented:
        raise UnremovableTrack  # its samples lie among those of others
    places = [(box.content, box.end) for box in media]
    of_each = (boxes(file, track) for track in tracks)
    yield from mp4_tracks.samples(of_each, file, places)
    # Last: one whose samples were not found is to be recognised ever after.
    yield from map(_free, tracks)


def _free(box: Box) -> Blank:
    return Blank(box.start + 4, b"free", box.content, box.end)


def boxes(file: Any, parent: Box | None = None) -> Iterator[Box]:
    """Yield the boxes of a file, or of ``parent`` alone, those within them as well.

    Raises:
        DamagedFilm: When it comes to a box that is longer than what it lies in, or to
            more boxes than a film has.
    """
    count, todo = 0, [_inside(parent) if parent else (0, file.size, b"")]
    while todo:
        start, end, within = todo.pop()
        if end - start < 8:  # nothing, or what some programs fill up with
            continue
        box = _box(file, start, end, within)
        count += 1
        if box.content > box.end or box.end > end or count > MOST_BOXES:
            raise DamagedFilm
        yield box
        todo.append((box.end, end, within))
        if _ENTERED.get(box.kind) == within:
            todo.append(_inside(box))


def _inside(box: Box) -> tuple[int, int, bytes]:
    before = 8 if box.kind == b"stsd" else 0  # its version, and how many there are
    return box.content + before, box.end, box.kind


def _box(file: Any, start: int, end: int, within: bytes) -> Box:
    file.seek(start)
    head = file.read(16)
    size, content = int.from_bytes(head[:4]), start + 8
    if size == 1:  # the size is too large for four bytes and follows
        size, content = int.from_bytes(head[8:]), start + 16
    elif size == 0:
        size = end - start
    return Box(head[4:8], start, content, start + size, within)
