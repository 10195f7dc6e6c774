"""What is worked out once: for a generation, shared by its requests, or for one."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.cache.backends.base import default_key_func
from django.db import DEFAULT_DB_ALIAS, connections

from delivery.protocol import opened_at


class _Scope:
    """What one request may share with others."""

    def __init__(self, generation: str | None) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        self._connection = connection
        self._changes = getattr(connection, "visible_changes", 0)
        is_committed = not getattr(connection, "has_visible_changes", False)
        self.generation = generation if is_committed else None
        self.own: dict[Any, Any] = {}

    def values(self) -> dict[Any, Any] | None:
        """Return what was worked out so far; None once this request has changed it."""
        if getattr(self._connection, "visible_changes", 0) != self._changes:
            return None
        shared = _shared_in(self.generation) if self.generation else None
        return self.own if shared is None else shared


_scope: ContextVar[_Scope | None] = ContextVar("scope", default=None)
_shared: tuple[str, dict[Any, Any]] = ("gen-0", {})


def _shared_in(generation: str) -> dict[Any, Any] | None:
    """Return the values of a generation; None for one that is over."""
    global _shared
    if opened_at(generation) > opened_at(_shared[0]):
        _shared = (generation, {})
    known, values = _shared
    return values if known == generation else None


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


def once_per_request(key: Hashable, work_out: Callable[[], _R]) -> _R:
    """Work something out once while a request is answered.

    Outside requests, and in one that has changed something visible itself, it is worked
    out each time.
    """
    current = _scope.get()
    if current is None or current.values() is None:
        return work_out()
    if key not in current.own:
        current.own[key] = work_out()
    found: _R = current.own[key]
    return found


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
