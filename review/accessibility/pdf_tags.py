"""Whether a PDF is tagged, so that screen readers can read it in order.

ISO 32000-1, 14.7 and 14.8: the catalogue names a tree of the structure, and says that
the content is marked.
"""

import re
import zlib

_SEARCHED_HEADER = 1024  # bytes, as readers of PDF do
_TREE = re.compile(rb"/StructTreeRoot\b")
_MARKED = re.compile(rb"/Marked\s+true\b")
_ENCRYPTED = re.compile(rb"/Encrypt\b")
_OBJECTS = re.compile(rb"/ObjStm\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# Of a dictionary before its stream; it is written in some hundred.
_DICTIONARY = 1024  # bytes
# More is no list of objects, but an attempt to fill the memory.
_MOST_OF_ONE = 8 * 1024 * 1024  # bytes
_MOST_OF_ALL = 64 * 1024 * 1024
# Each holds a hundred objects or more; a long book needs some thousand.
_MOST_STREAMS = 20_000


def is_tagged(content: bytes) -> bool | None:
    """Return whether a PDF is tagged, None where that cannot be told.

    Such as where it is no PDF, or its objects are encrypted.
    """
    if b"%PDF-" not in content[:_SEARCHED_HEADER]:
        return None
    found_tree = _TREE.search(content) is not None
    found_mark = _MARKED.search(content) is not None
    if found_tree and found_mark:
        return True
    if _ENCRYPTED.search(content) and _OBJECTS.search(content):
        return None
    left, read, end = _MOST_OF_ALL, 0, 0
    for stream in _STREAM.finditer(content):
        if stream.start() < end:  # what looks like one, within the last
            continue
        before = content[max(0, stream.start() - _DICTIONARY) : stream.start()]
        if not _OBJECTS.search(before[before.rfind(b" obj") + 1 :]):
            continue
        end = content.find(b"endstream", stream.end())
        read += 1
        if end < 0 or read > _MOST_STREAMS:
            return None
        # No more is given than is its own, of which what is left over is copied.
        packed = content[stream.end() : end]
        objects = _unpacked(packed, min(left, _MOST_OF_ONE))
        found_tree = found_tree or _TREE.search(objects) is not None
        found_mark = found_mark or _MARKED.search(objects) is not None
        if found_tree and found_mark:
            return True
        left -= len(objects)
        if left <= 0:
            return None
    return False


def _unpacked(packed: bytes, most: int) -> bytes:
    """Return what a stream holds, as far as it can be read; it may be not packed."""
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return packed
