"""Pages as files: gen-N/<until>/<host>/<path>/.p/i.html, with .gz and .br beside it.

nginx finds them by the same names (deploy/). The folder ``.p`` appears whole, by one
rename; no path of a page contains a dot, so that none can be taken for it.
"""

import gzip
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import brotli

from delivery.protocol import opened_at

_FOLDER, _FILE = ".p", "i.html"
SUFFIXES = {"br": ".br", "gzip": ".gz", "identity": ""}
# A page is kept for a period of so many seconds of the clock, which is named by the
# first digits of the time. The longest, where nearly all are, is a bound for those that
# have none of their own: a server finds them at the first try.
_PERIODS = (1_000_000, 100_000, 10_000, 1_000, 100, 10)
# A page may be replaced while a request that began before still reads the last one.
_KEPT_BEFORE = 1  # generations, while there is room
# What pages leave free, or a tenth of the disk where that is less: for generations to
# be closed and opened, and for what else is on it.
_FREE_BYTES = 16 * 1024 * 1024
_FREE_FILES = 1_000


class StoredPage(NamedTuple):
    """One encoding of a page."""

    content: bytes
    etag: str


def buckets(now: float) -> Iterator[str]:
    """Yield the folders in which a page may be found now, the longest-lived first."""
    for seconds in _PERIODS:
        yield _period(now, seconds)


def find(generation: str, key: str, encoding: str, now: float) -> StoredPage | None:
    """Return the page of this name, in this encoding; None if it is not stored."""
    name = f"{key}{_FOLDER}/{_FILE}{SUFFIXES[encoding]}"
    for bucket in buckets(now):
        with suppress(OSError):  # it is not there, or cannot be read
            return _read(f"{generation}/{bucket}/{name}")
    return None


# A file is written once, in a folder of its generation and period: what was read stays
# true for as long as anybody asks for it by this name.
@lru_cache(maxsize=32)
def _read(path: str) -> StoredPage:
    # Not by way of `Path`, which would take longer than all the rest.
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        # As nginx makes it, so that both know the other's.
        state = os.fstat(file.fileno())
        return StoredPage(file.read(), f'"{int(state.st_mtime):x}-{state.st_size:x}"')


def store(
    generation: Path,
    key: str,
    content: bytes,
    *,
    now: float,
    holds: tuple[datetime, datetime | None],
) -> None:
    """Keep a page that was made from ``now`` on and holds between two instants.

    The first to come stays. No page is kept that changes within seconds, or for which
    there is no room; nor one that ever changes by itself in a generation that begins
    after ``now``, since a clock was set back: files would be dated alike after it.
    """
    since, until = holds
    bucket = bucket_before(now, until)
    if bucket is None or not has_room(generation):
        return
    if until and opened_at(generation.name) > now:
        return
    folder = generation / bucket / f"{key}{_FOLDER}"
    draft = generation / f".draft-{uuid4().hex}"
    try:
        draft.mkdir()
        # Validators contain it: no two that differ may share one.
        start = _start(generation, now, bucket)
        _write(draft, content, max(start, int(since.timestamp())))
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft.rename(folder)
    except OSError:
        # Somebody was first, or the disk is full, or the generation is over.
        shutil.rmtree(draft, ignore_errors=True)


def has_room(folder: Path) -> bool:
    """Return whether pages may take more of the disk of a folder that is there."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    room, free = disk.f_blocks * disk.f_frsize, disk.f_bavail * disk.f_frsize
    return free >= min(_FREE_BYTES, room // 10) and (
        disk.f_favail >= min(_FREE_FILES, disk.f_files // 10)
    )


def stored_keys(folder: Path) -> list[str]:
    """Return host and path of every page that is there, of all generations."""
    # Walking, unlike `glob`, goes on where a folder was deleted meanwhile.
    found = {
        "/".join((*Path(place).relative_to(folder).parts[2:], ""))
        for place, folders, _files in os.walk(folder)
        if _FOLDER in folders
    }
    return sorted(found, key=lambda key: (key.count("/"), key))


def _write(folder: Path, content: bytes, modified: int) -> None:
    encoded = {
        "": content,
        ".gz": gzip.compress(content, mtime=0),
        ".br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=5),
    }
    for suffix, written in encoded.items():
        path = folder / f"{_FILE}{suffix}"
        path.write_bytes(written)
        os.utime(path, (modified, modified))


def bucket_before(now: float, until: datetime | None) -> str | None:
    """Return the folder for what holds until then; None within seconds of it."""
    for seconds in _PERIODS:
        if until is None or (now // seconds + 1) * seconds <= until.timestamp():
            return _period(now, seconds)
    return None


def _period(now: float, seconds: int) -> str:
    return f"t{int(now // seconds)}"


def _start(generation: Path, now: float, bucket: str) -> int:
    opened = opened_at(generation.name)
    digits = bucket.removeprefix("t")
    return max(opened, int(digits) * 10 ** (len(str(int(now))) - len(digits)))


# --- What is over ---------------------------------------------------------------------

_cleaning = threading.Lock()
_cleaned: dict[Path, str] = {}


def clean_up_behind(generation: Path) -> None:
    """Delete what is over, in the background.

    Once for each generation and period, and whenever the room is used up.
    """
    folder, period = generation.parent, _period(time.time(), _PERIODS[1])
    done = f"{generation.name} {period} {has_room(folder)}"
    if _cleaned.get(folder) == done or not _cleaning.acquire(blocking=False):
        return
    _cleaned[folder] = done
    threading.Thread(target=_clean_up, args=(generation,), daemon=True).start()


def _clean_up(generation: Path) -> None:
    try:
        with suppress(OSError):  # another process is cleaning up as well
            delete_old(generation)
    finally:
        _cleaning.release()


def delete_old(generation: Path) -> None:
    """Delete generations before the last, and the pages of periods that are over.

    The last goes as well where there is no more room.
    """
    number = opened_at(generation.name)
    before = [
        path
        for path in generation.parent.glob("gen-*")
        if path.name != generation.name and opened_at(path.name) <= number
    ]
    before.sort(key=lambda path: opened_at(path.name), reverse=True)
    kept = _KEPT_BEFORE if has_room(generation.parent) else 0
    for path in before[kept:]:
        shutil.rmtree(path, ignore_errors=True)
    now = list(buckets(time.time()))
    for path in generation.glob("t*"):
        current = next((name for name in now if len(name) == len(path.name)), "")
        if path.name < current:
            shutil.rmtree(path, ignore_errors=True)
