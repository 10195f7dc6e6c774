"""PostgreSQL, watched."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.sql import as_string

from delivery.database.watching import Watching

# Of the locks that a database has for applications, the one that a visible commit
# shares with others until it has ended.
_COMMITTING = 0x70616765


class DatabaseWrapper(Watching, base.DatabaseWrapper):
    """Django's PostgreSQL connection, whose visible changes start a new generation."""

    def init_connection_state(self) -> None:
        super().init_connection_state()
        # PostgreSQL compiles a query that it takes for costly: ours of pages name many
        # columns, so that takes seconds, for an answer of milliseconds. A statement and
        # not an option of the connection, which PgBouncer refuses.
        with self.wrap_database_errors:
            self.connection.execute("SET jit = off")

    def _in_words(self, sql: Any) -> str:
        if isinstance(sql, bytes):
            return sql.decode(errors="replace")
        return as_string(sql, self.connection)

    def _check_constraints_before_commit(self) -> None:
        # A foreign key is checked at the end and waits for the row that it names, which
        # another transaction may hold that waits for its own turn to commit.
        with self.wrap_database_errors:
            self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def _announce_commit(self) -> None:
        # The server gives it up when the commit shows, also where nobody waits for that
        # any more: a standby or a disk may hold it up for minutes.
        lock = f"SELECT pg_advisory_xact_lock_shared({_COMMITTING})"
        with self.wrap_database_errors:
            self.connection.execute(lock)

    def commits_have_ended(self) -> bool:
        # Had for itself alone, and given back at once.
        ask = (
            f"SELECT CASE WHEN pg_try_advisory_lock({_COMMITTING}) "
            f"THEN pg_advisory_unlock({_COMMITTING}) ELSE false END"
        )
        with self.cursor() as cursor:
            cursor.execute(ask)
            return bool(cursor.fetchone()[0])
