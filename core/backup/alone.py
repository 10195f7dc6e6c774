"""Whoever reads all that is encrypted is alone: a backup, a restore, a change of keys.

A backup taken meanwhile would hold files under a key that its database lacks.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

_LOCK = 0x636C6B79  # of this purpose alone, among PostgreSQL's advisory locks


class Busy(Exception):
    """Somebody else is at it."""

    sentence = (
        "A backup is being made or restored, or keys are being changed: wait until "
        "that is done, then run this again."
    )


@contextmanager
def alone_with_keys() -> Iterator[None]:
    """Hold the lock, which ends with this process; of every machine, on PostgreSQL.

    Raises:
        Busy: Nobody waits, since it may take hours.
    """
    if connection.vendor == "postgresql":
        with _in_database():
            yield
        return
    path = Path(settings.ERASURE_LIST).with_name("keys.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


@contextmanager
def _in_database() -> Iterator[None]:
    # A connection of its own: the one that works may be closed and opened meanwhile.
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
            [is_ours] = cursor.fetchone()
        if not is_ours:
            raise Busy
        yield
    finally:
        own.close()
