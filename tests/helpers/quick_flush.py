"""Emptying the database between tests, quickly on PostgreSQL.

Django truncates each of some two hundred tables, which makes PostgreSQL write as many
files anew. Most are empty; of the others the few rows are deleted. Foreign keys wait
for the end of the transaction that a flush is.
"""

from django.db.backends.postgresql.operations import DatabaseOperations

_truncate = DatabaseOperations.sql_flush


def install():
    DatabaseOperations.sql_flush = _sql_flush


def _sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
    if reset_sequences or not tables:
        return _truncate(
            self,
            style,
            tables,
            reset_sequences=reset_sequences,
            allow_cascade=allow_cascade,
        )
    quoted = [self.quote_name(table) for table in tables]
    with self.connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT {number} WHERE EXISTS (SELECT FROM {table})"  # noqa: S608
                for number, table in enumerate(quoted)
            )
        )
        filled = [quoted[number] for (number,) in cursor.fetchall()]
    return [f"DELETE FROM {table}" for table in filled]  # noqa: S608
