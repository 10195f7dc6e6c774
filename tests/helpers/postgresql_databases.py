"""Databases of PostgreSQL: an empty one, and one that is kept as a file.

Migrations take most of a minute, and to read what they made takes a second.
"""

import os
import shutil
import subprocess
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

# Another one than that of a run of tests on PostgreSQL.
SERVER = os.environ.get(
    "CI_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)


def answers():
    """Return whether there is a server for the database."""
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def empty_database():
    """Return the address of an empty database."""
    name = f"machines_{os.getpid()}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        finally:
            drop = SQL("DROP DATABASE {} WITH (FORCE)")
            server.execute(drop.format(Identifier(name)))


def restore(database, dump):
    """Fill an empty database with what was kept, if anything was."""
    if dump.exists() and (program := shutil.which("psql")):
        subprocess.run(  # noqa: S603
            [program, "--quiet", "--output=/dev/null", f"--file={dump}", database],
            check=True,
        )


def keep(database, dump):
    """Keep a database, unless one was kept already."""
    if not dump.exists() and (program := shutil.which("pg_dump")):
        draft = dump.with_suffix(f".{os.getpid()}")
        done = subprocess.run(  # noqa: S603
            [program, f"--file={draft}", database], check=False
        )
        if done.returncode == 0:  # 1 where the server is newer
            draft.replace(dump)
