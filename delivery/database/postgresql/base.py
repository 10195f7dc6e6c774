"""PostgreSQL, watched."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.sql import as_string

from delivery.database.watching import Watching


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
