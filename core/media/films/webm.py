"""Reads the elements of WebM files, and finds their metadata (RFC 9559)."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from core.media.films.blank import Blank, DamagedFilm

# How it begins, which also begins a Matroska file.
EBML = b"\x1a\x45\xdf\xa3"
_EBML, SEGMENT, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
_INFO, _TRACKS, _TRACK = 0x1549A966, 0x1654AE6B, 0xAE
_ENTERED = frozenset({SEGMENT, CLUSTER, _INFO, _TRACKS, _TRACK})
_NUMBER, _TYPE = 0xD7, 0x83  # of a track
_PICTURE_OR_SOUND = {1, 2}
_GROUP, _BLOCKS = 0xA0, {0xA1, 0xA3}  # what a track holds at a time
_DROPPED = {
    0x1254C367,  # tags: the place, the camera, comments
    0x1941A469,  # attached files
    0x1043A770,  # chapters, which no browser shows
    0x536E,  # a track's name
    0x258688,  # its codec's name
    0xBF,  # a checksum, of what is changed here
    0xEC,  # what is said to be void
}
# What players read of a file, and of its segment. What a cluster of open length holds
# counts as the segment's.
_KEPT_PARTS = {
    0: {_EBML, SEGMENT},
    SEGMENT: {0x114D9B74, 0x1C53BB6B, _INFO, _TRACKS, CLUSTER}
    | {0xE7, 0xA7, 0xAB, _GROUP, *_BLOCKS},
}
# What must be said of the film as a whole: how time is counted, and how long it is.
_KEPT = {0x2AD7B1, 0x4489}
# Which programs wrote it: it must be there, and may be empty.
_EMPTIED = {0x4D80, 0x5741}
# Some three hundred thousand in an hour.
MOST_ELEMENTS = 500_000
MOST_TRACKS = 1_000  # with a language of subtitles each, a film has some dozens


class Element(NamedTuple):
    """An element of a WebM file: its place in bytes, and its parent."""

    kind: int
    start: int
    content: int
    end: int
    within: int


def is_webm(file: Any) -> bool:
    file.seek(0)
    return bool(file.read(4) == EBML)


def blanks(file: Any) -> Iterator[Blank]:
    """Yield the ranges to overwrite, so that no metadata is left.

    Raises:
        DamagedFilm: As ``elements``.
    """
    of_data = _tracks_of_data(file)
    dropped_tracks = frozenset(of_data.values())
    passed, group = 0, None
    # Groups are many, and looked into only where one may have to go.
    for each in elements(file, _ENTERED | {_GROUP} if of_data else _ENTERED):
        group = each if each.kind == _GROUP else group
        if each.start < passed:
            continue  # in what is dropped as a whole
        if each.within == _INFO and each.kind in _EMPTIED:
            yield Blank(each.content, b"", each.content, each.end)
        elif each.kind in _BLOCKS and of_data and _track_of(file, each) in of_data:
            dropped = group if group and each.within == _GROUP else each
            passed = dropped.end
            yield _void(dropped)
        elif each.start in dropped_tracks or _is_metadata(each):
            passed = each.end
            yield _void(each)


def _is_metadata(each: "Element") -> bool:
    kept = _KEPT if each.within == _INFO else _KEPT_PARTS.get(each.within, {each.kind})
    return each.kind in _DROPPED or each.kind not in kept


def _void(each: "Element") -> Blank:
    head = void(each.end - each.start)
    return Blank(each.start, head, each.start + len(head), each.end)


def _tracks_of_data(file: Any) -> dict[int, int]:
    """Return where tracks begin that are neither picture nor sound, by their number.

    Raises:
        DamagedFilm: As ``elements``, or where there are more tracks than a film has.
    """
    found: dict[int, int] = {}
    count = start = number = 0
    kind = 1
    for each in elements(file):
        if each.kind == _TRACK:
            count, start, number, kind = count + 1, each.start, 0, 1
            if count > MOST_TRACKS:
                raise DamagedFilm
        elif each.within == _TRACK and each.kind in (_NUMBER, _TYPE):
            file.seek(each.content)
            said = int.from_bytes(file.read(min(8, each.end - each.content)))
            number, kind = (said, kind) if each.kind == _NUMBER else (number, said)
            if number and kind not in _PICTURE_OR_SOUND:
                found[number] = start
    return found


def _track_of(file: Any, block: "Element") -> int:
    """Return the number of the track that a block belongs to."""
    file.seek(block.content)
    head = file.read(8)
    length = 9 - head[0].bit_length() if head else 9
    return int.from_bytes(head[:length]) & ((1 << 7 * length) - 1)


def void(size: int) -> bytes:
    """Return the head of a Void element that is ``size`` bytes long in all."""
    if size < 129:
        return bytes([0xEC, 0x80 | size - 2])
    return b"\xec" + (1 << 56 | size - 9).to_bytes(8)


def elements(file: Any, entered: Collection[int] = _ENTERED) -> Iterator[Element]:
    """Yield a file's elements, including those within ``entered``.

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
        if each.kind in entered:
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
