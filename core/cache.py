"""A Redis cache whose failures count as cache misses."""

import logging
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# A cache is asked many times for one page: where it hangs, each time would count.
_PAUSE = 5  # seconds for which it is not asked after it has failed
_LOG_INTERVAL = 60.0  # seconds

_OPTIONS = {
    "socket_connect_timeout": 0.5,  # seconds
    "socket_timeout": 0.5,
    # Once more, with a new connection: after a restart those that were kept are dead.
    "retry": Retry(NoBackoff(), 1),
}
_WRITES = ("set", "delete", "incr", "set_many", "delete_many", "clear")
_METHODS = ("get", "get_many", "has_key", "add", "touch", *_WRITES)


class _State:
    """The state of one cache, shared by the threads of this process."""

    away = False
    ask_again_at = 0.0
    writes_lost = False
    logged_at: float = -_LOG_INTERVAL


_states: dict[str, _State] = defaultdict(_State)


class ResilientRedisCache(RedisCache):
    """Django's Redis cache; while Redis is down, it acts as `DummyCache`.

    What could not be written or deleted meanwhile would be out of date, so the cache
    is emptied when it is back.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = _OPTIONS | params.get("OPTIONS", {})
        super().__init__(server, params | {"OPTIONS": options})
        self._state = _states[str(server)]

    def answers(self) -> bool:
        """Return whether values can be kept now."""

        def keep_one() -> bool:
            RedisCache.set(self, f"{__name__}.answers", 1, 1)
            return True

        return self._attempt(keep_one, lambda: False)

    def _attempt(
        self,
        ask: Callable[[], Any],
        do_without: Callable[[], Any],
        is_write: bool = False,
    ) -> Any:
        state = self._state
        if not state.away or self._has_its_turn():
            try:
                if state.writes_lost:
                    RedisCache.clear(self)
                answer = ask()
            except RedisError as error:
                self._note(error)
            else:
                state.away = state.writes_lost = False
                return answer
        state.writes_lost |= is_write
        return do_without()

    def _has_its_turn(self) -> bool:
        """Let one caller try after each pause, while the others go on without."""
        now = monotonic()
        if now < self._state.ask_again_at:
            return False
        self._state.ask_again_at = now + _PAUSE
        return True

    def _note(self, error: RedisError) -> None:
        state, now = self._state, monotonic()
        state.away, state.ask_again_at = True, now + _PAUSE
        if now - state.logged_at >= _LOG_INTERVAL:
            state.logged_at = now
            logger.warning(
                "The cache does not answer (%s); the site works without it, slower.",
                type(error).__name__,
            )


def _resilient(name: str) -> Callable[..., Any]:
    ask, do_without = getattr(RedisCache, name), getattr(DummyCache, name)

    @wraps(ask)
    def method(self: ResilientRedisCache, *args: Any, **kwargs: Any) -> Any:
        return self._attempt(
            lambda: ask(self, *args, **kwargs),
            lambda: do_without(self, *args, **kwargs),
            is_write=name in _WRITES,
        )

    return method


for _name in _METHODS:
    setattr(ResilientRedisCache, _name, _resilient(_name))


def cache_answers(alias: str = "default") -> bool:
    """Return whether a cache keeps values now, for code that must not run without.

    A limit on log-ins that counts in the cache counts nothing while it is gone, and
    must refuse instead.
    """
    cache = caches[alias]
    return not isinstance(cache, ResilientRedisCache) or cache.answers()
