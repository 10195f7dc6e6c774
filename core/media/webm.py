"""Reads the elements of WebM files, and finds their metadata (RFC 9559)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

# How it begins, which also begins a Matroska file.
EBML = b"\x1a\x45\xdf\xa3"
SEGMENT, CLUSTER = 0x18538067, 0x1F43B675
_INFO, _TRACKS, _TRACK = 0x1549A966, 0x1654AE6B, 0xAE
_ENTERED = {SEGMENT, CLUSTER, _INFO, _TRACKS, _TRACK}
_DROPPED = {
    0x1254C367,  # tags: the place, the camera, comments
    0x1941A469,  # attached files
    0x1043A770,  # chapters, which no browser shows
    0x536E,  # a track's name
    0x258688,  # its codec's name
    0xBF,  # a checksum, of what is changed here
    0xEC,  # what is said to be void
}
# What must be said of the film as a whole: how time is counted, and how long it is.
_KEPT = {0x2AD7B1, 0x4489}
# Which programs wrote it: it must be there, and may be empty.
_EMPTIED = {0x4D80, 0x5741}
# Some three hundred thousand in an hour.
MOST_ELEMENTS = 500_000


class DamagedFilm(ValueError):
    """A film with elements that overlap, or with far too many."""


class Element(NamedTuple):
    """An element of a WebM file: its place in bytes, and its parent."""

    kind: int
    start: int
    content: int
    end: int
    within: int


class Blank(NamedTuple):
    """A range to overwrite: a new head, then zeros up to its end."""

    start: int
    head: bytes
    content: int
    end: int


def is_webm(file: Any) -> bool:
    file.seek(0)
    return bool(file.read(4) == EBML)


def blanks(file: Any) -> Iterator[Blank]:
    """Yield the ranges to overwrite, so that no metadata is left.

    Raises:
        DamagedFilm: As ``elements``.
    """
    for each in elements(file):
        if each.within == _INFO and each.kind in _EMPTIED:
            yield Blank(each.content, b"", each.content, each.end)
        elif each.kind in _DROPPED or (each.within == _INFO and each.kind not in _KEPT):
            head = void(each.end - each.start)
            yield Blank(each.start, head, each.start + len(head), each.end)


def void(size: int) -> bytes:
    """Return the head of a Void element that is ``size`` bytes long in all."""
    if size < 129:
        return bytes([0xEC, 0x80 | size - 2])
    return b"\xec" + (1 << 56 | size - 9).to_bytes(8)


def elements(file: Any) -> Iterator[Element]:
    """Yield a file's elements, including those within headers and clusters.

    Raises:
        DamagedFilm: When it comes to a part that is longer than what it lies in, or to
            more parts than a film has.
    """
    count, todo = 0, [(0, file.size, 0)]
    while todo:
        start, end, within = todo.pop()
        if start == end:
            continue
        each, is_open = _element(file, start, end, within)
        count += 1
        if each.content > end or each.end > end or count > MOST_ELEMENTS:
            raise DamagedFilm
        yield each
        if is_open and each.kind == CLUSTER:  # it ends where the next one begins
            todo.append((each.content, end, within))
            continue
        todo.append((each.end, end, within))
        if each.kind in _ENTERED:
            todo.append((each.content, each.end, each.kind))


def _element(file: Any, start: int, end: int, within: int) -> tuple[Element, bool]:
    """Read an element's head, and whether its length is unknown."""
    file.seek(start)
    head = file.read(12)
    # The leading zeros of a number tell how many bytes it takes.
    name = 9 - head[0].bit_length()
    length = 9 - head[name].bit_length() if name <= 4 and len(head) > name else 9
    if length > 8:
        raise DamagedFilm
    kind, content = int.from_bytes(head[:name]), start + name + length
    highest = (1 << 7 * length) - 1
    stated = int.from_bytes(head[name : name + length]) & highest
    is_open = stated == highest
    if is_open and kind not in (SEGMENT, CLUSTER):
        raise DamagedFilm
    last = end if is_open else content + stated
    return Element(kind, start, content, last, within), is_open
