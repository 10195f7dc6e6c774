"""Generations of what readers see, and what is worked out once for each.

A generation is the time between two commits that change what anybody can read. While
one is open nothing visible changes, so that what was made from the database during it
stays true until its end. docs/adr/0017 explains the protocol; its order matters.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.cache.backends.base import default_key_func
from django.db import DEFAULT_DB_ALIAS, connections

_CURRENT = "current"
_OPEN, _CLOSED = "gen-", "closed-"
# How long the database may still be committing for a process that was killed.
_GRACE = 5  # seconds


class Generations:
    """The generations of one machine: a symbolic link to a folder of pages.

    ``current`` points at ``gen-N`` while generation N is open, and at ``closed-N`` from
    the start of the next commit until it has ended. It is only ever replaced whole.
    N is the second at which the generation was opened, and always grows.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> str | None:
        """Return the name of the open generation, or None while there is none.

        To be asked before anything is read that is kept under this name.
        """
        name = self._read()
        return name if name.startswith(_OPEN) else self._reopen(name)

    @contextmanager
    def fence(self) -> Iterator[None]:
        """Close the generation while a commit inside changes what readers see.

        Raises:
            OSError: The folder cannot be written. Nothing may be committed then.
        """
        with self._lock() as lock:
            may_be_committing = _is_recent(lock)
            os.write(lock, b"1")  # stays if this process is killed
            number = opened_at(self._read())
            self._point(f"{_CLOSED}{number}")
            try:
                yield
            finally:
                # A disk that filled meanwhile keeps it closed, and the commit stands.
                if not may_be_committing:
                    os.truncate(lock, 0)
                    with suppress(OSError):
                        self._open_after(number)

    def start(self) -> None:
        """Start a new generation: templates, settings or files may have changed."""
        with self.fence():
            pass

    def _read(self) -> str:
        try:
            return str((self.folder / _CURRENT).readlink())
        except FileNotFoundError:  # the folder is new, or in memory and lost
            return f"{_CLOSED}0"

    def _reopen(self, closed: str) -> str | None:
        """Open the next generation unless somebody is committing or was killed."""
        try:
            with self._lock(wait=False) as lock:
                if _is_recent(lock):
                    return None
                name = self._read()
                if name == closed:
                    os.truncate(lock, 0)
                    self._open_after(opened_at(name))
                    name = self._read()
                return name if name.startswith(_OPEN) else None
        except OSError:
            # Somebody commits, or the disk is full: pages are made and not kept.
            return None

    def _open_after(self, number: int) -> None:
        """Open the next generation; one opened within this second lets it wait.

        Names of files would repeat otherwise, and browsers keep pages by them.
        """
        now = int(time.time())
        if now == number:
            return
        name = f"{_OPEN}{max(now, number + 1)}"
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


def _is_recent(lock: int) -> bool:
    """Return whether somebody was killed in a commit that may not have ended."""
    state = os.fstat(lock)
    return state.st_size > 0 and time.time() - state.st_mtime < _GRACE


def opened_at(generation: str) -> int:
    """Return the second, since 1970, at which a generation was opened."""
    return int(generation.rpartition("-")[2])


def generations() -> Generations | None:
    """Return the machine's generations; None where no pages are kept."""
    folder = settings.PAGE_STORE
    return _generations(Path(folder)) if folder else None


@lru_cache(maxsize=8)
def _generations(folder: Path) -> Generations:
    return Generations(folder)


# --- What is worked out once -------------------------------------------------------


class _Scope:
    """What one request may share with others."""

    def __init__(self, generation: str | None) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        self._connection = connection
        self._changes = getattr(connection, "visible_changes", 0)
        is_committed = not getattr(connection, "has_visible_changes", False)
        self.generation = generation if is_committed else None
        self._own: dict[Any, Any] = {}

    def values(self) -> dict[Any, Any] | None:
        """Return what was worked out so far; None once this request has changed it."""
        if getattr(self._connection, "visible_changes", 0) != self._changes:
            return None
        shared = _shared_in(self.generation) if self.generation else None
        return self._own if shared is None else shared


_scope: ContextVar[_Scope | None] = ContextVar("scope", default=None)
_shared: tuple[int, dict[Any, Any]] = (0, {})


def _shared_in(generation: str) -> dict[Any, Any] | None:
    """Return the values of a generation; None for one that is over."""
    global _shared
    number = opened_at(generation)
    if number > _shared[0]:
        _shared = (number, {})
    known, values = _shared
    return values if known == number else None


@contextmanager
def scope(generation: str | None) -> Iterator[None]:
    """Let a request share what is worked out once in ``generation``.

    Without a generation it is worked out once for the request. A scope within another
    changes nothing.
    """
    if _scope.get() is not None:
        yield
        return
    token = _scope.set(_Scope(generation))
    try:
        yield
    finally:
        _scope.reset(token)


def current_generation() -> str | None:
    """Return the generation of the request that is being answered."""
    current = _scope.get()
    return current.generation if current and current.values() is not None else None


_P = ParamSpec("_P")
_R = TypeVar("_R")


def once_per_generation(work_out: Callable[_P, _R]) -> Callable[_P, _R]:
    """Work a function out once for the arguments, until something visible changes.

    The result is shared by threads and requests: nobody may change it. What depends on
    the time needs it among its arguments. Outside requests, and in one that has changed
    something itself, it is worked out each time.
    """

    @wraps(work_out)
    def shared(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        current = _scope.get()
        values = current.values() if current else None
        if values is None:
            return work_out(*args, **kwargs)
        key = (work_out, args, tuple(sorted(kwargs.items())))
        if key not in values:
            values[key] = work_out(*args, **kwargs)
        return values[key]

    return shared


# Under this Wagtail keeps for an hour where sites begin, unless a signal clears it.
_SITE_ROOTS = "wagtail_site_root_paths"


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """Return the name of a value in the cache; a `KEY_FUNCTION` of Django's.

    What Wagtail keeps of sites is kept for one generation: another process, or an
    update without a signal, would leave it as it was.
    """
    generation = current_generation() if key.startswith(_SITE_ROOTS) else None
    name = f"{key}:{generation}" if generation else key
    return default_key_func(name, key_prefix, version)
