"""PostgreSQL, watched."""

from django.db.backends.postgresql import base

from delivery.database.watching import Watching


class DatabaseWrapper(Watching, base.DatabaseWrapper):
    """Django's PostgreSQL connection, whose visible changes start a new generation."""

    def _check_constraints_before_commit(self) -> None:
        # A foreign key is checked at the end and waits for the row that it names, which
        # another transaction may hold that waits for its own turn to commit.
        with self.wrap_database_errors:
            self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
