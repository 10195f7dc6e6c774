"""The generations of one machine, in a symbolic link that nginx can follow."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from delivery.pages import clean_up_behind
from delivery.protocol import OPEN, Generations, commits_have_ended, opened_at

_CURRENT = "current"
_CLOSED = "closed-"
# How long a process that was killed, or has given up, may have left a commit on its way
# to the database. That knows of those that have arrived.
_GRACE = 5  # seconds


class LinkedGenerations(Generations):
    """The generations of one machine: a symbolic link to a folder of pages.

    ``current`` points at ``gen-N`` while generation N is open, and at ``closed-N`` from
    the start of the next commit until it has ended. It is only ever replaced whole.
    N is the second at which the generation was opened, and always grows.
    """

    refusal = "the folder of the page store cannot be written"

    def current(self) -> str | None:
        try:
            if self._has_to_start:
                self.start()
            name = self._read()
            return name if name.startswith(OPEN) else self._reopen(name)
        except OSError:
            # Somebody commits, or the folder is full or broken: pages are made and not
            # kept.
            return None

    @contextmanager
    def fence(self) -> Iterator[None]:
        with self._lock() as lock:
            may_be_committing = _is_marked(lock)
            if not may_be_committing:
                # Stays if this process is killed, or what is inside raises. A hole in a
                # file: a full disk has room.
                os.truncate(lock, 1)
            number = opened_at(self._read())
            self._point(f"{_CLOSED}{number}")
            yield
            # A disk that fails meanwhile keeps it closed, and the commit stands.
            if not may_be_committing:
                with suppress(OSError):
                    os.truncate(lock, 0)
                    self._open_after(number)

    def _read(self) -> str:
        try:
            return os.readlink(f"{self.folder}/{_CURRENT}")  # noqa: PTH115 (asked on each request)
        except FileNotFoundError:  # the folder is new, or in memory and lost
            return f"{_CLOSED}0"

    def _reopen(self, closed: str) -> str | None:
        """Open the next generation unless somebody is committing or was killed.

        Raises:
            OSError: Somebody is committing, or the folder cannot be written.
        """
        with self._lock(wait=False) as lock:
            if _is_marked(lock) and not (_is_old(lock) and commits_have_ended()):
                return None
            name = self._read()
            if name == closed:
                os.truncate(lock, 0)
                try:
                    self._open_after(opened_at(name))
                except OSError:
                    # Pages that are over may be what takes the room.
                    clean_up_behind(self.folder / f"{OPEN}{opened_at(name) + 1}")
                    raise
                name = self._read()
            return name if name.startswith(OPEN) else None

    def _open_after(self, number: int) -> None:
        """Open the next generation; one opened within this second lets it wait.

        Names of files would repeat otherwise, and browsers keep pages by them.
        """
        now = int(time.time())
        if now == number:
            return
        name = f"{OPEN}{max(now, number + 1)}"
        with suppress(FileExistsError):
            (self.folder / name).mkdir()
        self._point(name)

    def _point(self, name: str) -> None:
        draft = self.folder / f".{_CURRENT}-{os.getpid()}"
        with suppress(FileNotFoundError):
            draft.unlink()
        draft.symlink_to(name)
        draft.replace(self.folder / _CURRENT)

    @contextmanager
    def _lock(self, *, wait: bool = True) -> Iterator[int]:
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o660)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            yield lock
        finally:
            os.close(lock)


def _is_marked(lock: int) -> bool:
    """Return whether a commit may not have ended that nobody waits for."""
    return os.fstat(lock).st_size > 0


def _is_old(lock: int) -> bool:
    return time.time() - os.fstat(lock).st_mtime >= _GRACE
