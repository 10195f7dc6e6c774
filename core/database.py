"""Time limits for the database, and how an unavailable database is recognised."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    import psycopg

# How much longer than its own limit a server that hangs is waited for.
_GRACE = 5  # seconds


def is_gone(error: BaseException | None) -> bool:
    """Return whether ``error`` means that the database is unavailable.

    SQLite raises the same exceptions for a query that is wrong, which never works.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code != sqlite3.SQLITE_ERROR


def limit_queries() -> None:
    """Limit how long this process waits for an answer from PostgreSQL.

    For the processes that answer visitors. A command, such as a migration, may take
    longer.
    """
    connection_created.connect(_limit, dispatch_uid="core.database")


def _limit(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor != "postgresql":
        return
    seconds = settings.DATABASE_PATIENCE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, false)", [f"{seconds}s"]
        )
    # The server stops a query that takes too long, unless the server itself hangs.
    # psycopg's `wait` knows a timeout, but nothing public sets one for all queries of a
    # connection, and no issue asks for it. A test in tests/core/test_upstream.py fails
    # once `wait` or `connect` is otherwise.
    raw = connection.connection
    raw.wait = partial(_wait, raw, raw.wait, seconds + _GRACE)


def _wait(
    raw: "psycopg.Connection[Any]",
    wait: Callable[..., Any],
    seconds: float,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """Wait like ``wait``, and close a connection that does not answer."""
    import psycopg  # five MiB, of no use beside SQLite

    try:
        return wait(*args, **{"timeout": seconds, **kwargs})
    except psycopg.OperationalError as error:
        if error.sqlstate is None:  # it does not come from the server
            raw.close()
        raise
