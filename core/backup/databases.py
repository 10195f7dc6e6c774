"""Copies of the whole database: made while the site runs, and put in its place."""

import os
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import CommandError
from django.db import connection
from psycopg import sql

# {table: rows}
Counts = dict[str, int]

# Everything at once, or nothing. What is not in the backup may not stay: a later
# migration would find tables that it is about to make.
_EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
# psql ends so where a statement, or it itself, has failed. Otherwise (2: the connection
# was lost; or it was killed) the transaction may have been committed.
_ROLLED_BACK = (1, 3)


class NothingDone(CommandError):
    """What was tried has failed, and the database is as it was."""


def engine() -> str:
    """Return "sqlite" or "postgresql"."""
    return connection.vendor


def copy_to(path: Path) -> Counts:
    """Write the database as it is at one moment to ``path``; count its rows."""
    if engine() == "sqlite":
        with closing(_opened(_file())) as database:
            database.execute("VACUUM INTO ?", [str(path)])
        with closing(_opened(path)) as copied:
            return _count_sqlite(copied)
    with psycopg.connect(**connection.get_connection_params()) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        [snapshot] = _row(database, sql.SQL("SELECT pg_export_snapshot()"))
        options = ["--format=custom", f"--snapshot={snapshot}", f"--file={path}"]
        _run("pg_dump", *options)
        return _count_postgresql(database)


def is_empty() -> bool:
    return not connection.introspection.table_names()


def check(copy: Path) -> None:
    """Raise `CommandError` unless the copy is in order, before it replaces anything."""
    if engine() != "sqlite":
        options = ["--no-owner", "--no-privileges", f"--file={_script(copy)}"]
        _run("pg_restore", *options, str(copy), connected=False)
        return
    with closing(_opened(copy)) as database:
        [found] = database.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise CommandError(f"The backup's database is damaged: {found}.")


def replace_with(copy: Path) -> None:
    """Put a checked ``copy`` in the place of the database, which nobody else may use.

    Raises:
        NothingDone: The database is as it was. After any other error nobody knows.
    """
    connection.close()
    if engine() == "sqlite":
        try:
            _replace_file(copy)
        except OSError as error:
            raise NothingDone(f"Nothing was replaced. {error}") from error
        return
    _run(
        *("psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"),
        *("--single-transaction", f"--command={_EMPTY}", f"--file={_script(copy)}"),
    )


def count() -> Counts:
    if engine() == "sqlite":
        with closing(_opened(_file())) as database:
            return _count_sqlite(database)
    with psycopg.connect(**connection.get_connection_params()) as database:
        return _count_postgresql(database)


def folder() -> Path | None:
    """Return where SQLite's file lies: a copy beside it can take its place."""
    return _file().parent if engine() == "sqlite" else None


def _replace_file(copy: Path) -> None:
    path = _file()
    for rest in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + rest).unlink()
    copy.replace(path)


def _script(copy: Path) -> Path:
    """Return where the statements lie that PostgreSQL makes of a copy."""
    return copy.with_suffix(".sql")


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _count_sqlite(database: sqlite3.Connection) -> Counts:
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE"
        " 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'"
    )
    counts = {}
    for (name,) in names.fetchall():
        quoted = connection.ops.quote_name(name)
        [counts[name]] = database.execute(
            f"SELECT count(*) FROM {quoted}"  # noqa: S608
        ).fetchone()
    return counts


def _count_postgresql(database: psycopg.Connection) -> Counts:
    tables = database.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    ).fetchall()
    counted = sql.SQL("SELECT count(*) FROM {}")
    return {
        name: _row(database, counted.format(sql.Identifier(name)))[0]
        for (name,) in tables
    }


def _row(
    database: psycopg.Connection, query: sql.SQL | sql.Composed
) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = database.execute(query).fetchone()
    assert row  # noqa: S101
    return row


def _run(program: str, *arguments: str, connected: bool = True) -> None:
    """Run a program of PostgreSQL, by default on the site's database."""
    where: list[str] = []
    environment = None
    if connected:
        [_psql, *where], environment = connection.client.settings_to_cmd_args_env(
            connection.settings_dict, []
        )
    try:
        subprocess.run(  # noqa: S603
            [program, *arguments, *where],
            env={**os.environ, **(environment or {})},
            capture_output=True,
            check=True,
        )
    except FileNotFoundError:
        raise NothingDone(
            f"Install {program} (apt install postgresql-client)."
        ) from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        kind = NothingDone if error.returncode in _ROLLED_BACK else CommandError
        raise kind(f"{program} failed: {said}") from None
