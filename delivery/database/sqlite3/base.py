"""SQLite, watched."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.backends.sqlite3 import base

from delivery.database.watching import Watching

_SAVEPOINT = re.compile(r"[\s(]*SAVEPOINT\b", re.IGNORECASE)


class DatabaseWrapper(Watching, base.DatabaseWrapper):
    """Django's SQLite connection, whose visible changes start a new generation."""

    def _set_autocommit(self, autocommit: bool) -> None:
        if autocommit and self.has_visible_changes:
            # Python's driver would, by itself.
            self._commit()
        super()._set_autocommit(autocommit)  # type: ignore[misc]

    def _before(self, cursor: Any, sql: str, changed: str) -> None:
        if isinstance(cursor.cursor, _Fetched):
            cursor.cursor = cursor.cursor.behind
        if self.autocommit or not self.connection or self.connection.in_transaction:
            return
        # Python's driver begins a transaction before few statements, and SQLite itself
        # commits the others, and what a savepoint holds that is the first.
        if changed or _SAVEPOINT.match(sql):
            self._start_transaction_under_autocommit()  # type: ignore[attr-defined]

    def _after(self, cursor: Any) -> None:
        if cursor.cursor.description:
            cursor.cursor = _Fetched(cursor.cursor)


class _Fetched:
    """A cursor whose rows were fetched: SQLite commits nothing before."""

    def __init__(self, cursor: Any) -> None:
        self.behind = cursor
        self._rows = iter(cursor.fetchall())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return list(islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        return list(self._rows)
