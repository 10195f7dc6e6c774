"""Counts answers that found nothing, in memory, and writes them down now and then.

Each process keeps a count of its own and writes it when a request is over: nobody waits
for it, and a flood of wrong addresses costs one short transaction in a while instead of
one for each. What a process has counted and not written is lost when it is killed.
"""

import logging
import threading
import time
from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.utils import timezone

from seo.not_found import storing
from seo.not_found.paths import normalised
from seo.not_found.visitors import SCANNERS, is_crawler, is_scan

logger = logging.getLogger(__name__)

WRITTEN_AFTER = 10  # seconds
# In a flood the first are counted, and those that come again.
MOST_AT_ONCE = 500  # addresses


class Hit(NamedTuple):
    """An address on a day, as it is kept."""

    site: int | None
    path: str
    day: date
    is_crawler: bool


class _Buffer:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[Hit] = Counter()
        self._since = time.monotonic()

    def add(self, hit: Hit) -> None:
        with self._lock:
            if hit in self._counts or len(self._counts) < MOST_AT_ONCE:
                self._counts[hit] += 1

    def take(self, *, at_once: bool) -> Counter[Hit]:
        """Return what is to be written, which is then no longer here."""
        now = time.monotonic()
        with self._lock:
            is_due = at_once or now - self._since >= WRITTEN_AFTER
            if not (self._counts and is_due):
                return Counter()
            taken, self._counts, self._since = self._counts, Counter(), now
            return taken


_buffer = _Buffer()


def count(path: str, site: int | None, user_agent: str) -> None:
    """Count an answer that found nothing; nothing is written yet."""
    today = timezone.localdate()
    if is_scan(path):
        _buffer.add(Hit(None, SCANNERS, today, is_crawler=True))
    else:
        is_program = is_crawler(user_agent)
        _buffer.add(Hit(site, normalised(path), today, is_program))


def write(*, at_once: bool = False, **_kwargs: Any) -> None:
    """Write down what was counted, if it is time; receives ``request_finished``."""
    if counts := _buffer.take(at_once=at_once):
        try:
            storing.store(counts)
        except DatabaseError as error:
            # The answer was sent already, and what is lost are some counts.
            logger.warning("%s counts of the 404 log lost: %r", len(counts), error)
