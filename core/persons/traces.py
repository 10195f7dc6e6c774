"""What is left of deleted rows: free pages, journals, stored pages, caches."""

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import OperationalError, connection

from delivery.generations import generations
from delivery.purging import queue_purge

_PATIENCE = 20  # seconds for which readers of the database are waited for
_PAUSE = 0.2
_FTS = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%fts5%'"


class TracesLeft(Exception):
    """Somebody reads the database all the time, so that its journal stays."""


def remove_traces() -> None:
    """Remove what deleting leaves behind; outside of any transaction.

    Caches are emptied as a whole, and with them what limits count.

    Raises:
        TracesLeft: Try again.
        django.db.DatabaseError: Try again.
    """
    for alias in caches:
        caches[alias].clear()
    forget_stored_pages()
    queue_purge()
    if connection.vendor == "sqlite":
        _patiently(_rewrite_sqlite)
        _patiently(_empty_journal)
    else:
        # What PostgreSQL keeps in its own log and archives, nobody can take out.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


def forget_stored_pages() -> None:
    """Delete every page that is stored here but those of the current generation."""
    store = generations()
    if store is None:
        return
    current = store.current()
    for path in Path(settings.PAGE_STORE).glob("gen-*"):
        if path.name != current and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def _rewrite_sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FTS)
        for (name,) in cursor.fetchall():
            table = connection.ops.quote_name(name)
            # The index only marks words as deleted until it is merged.
            cursor.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
        cursor.execute("VACUUM")


def _empty_journal() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [is_busy, *_pages] = cursor.fetchone()
    if is_busy:
        raise TracesLeft


def _patiently(work: Callable[[], None]) -> None:
    """Do ``work``, again and again while others use the database."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with suppress(OperationalError, TracesLeft):
            return work()
        time.sleep(_PAUSE)
    return work()
