"""A database that is gone, for a while, as the site sees it."""

from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection, connections

from tests.helpers.relay import refused_port

IS_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@contextmanager
def works_on(other):
    """The site works on ``other`` instead of the test's own connection."""
    ours = connections["default"]
    connections["default"] = other
    try:
        yield other
    finally:
        other.close()
        connections["default"] = ours


def database_gone():
    """Return a context in which the database is not there."""
    other = connection.copy()
    if IS_POSTGRESQL:
        other.settings_dict |= {"HOST": "127.0.0.1", "PORT": refused_port()}
    else:
        other.settings_dict["NAME"] = "/nowhere/db.sqlite3"
    return works_on(other)


def end_connection():
    """End the site's connection, as a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    parameters = connection.get_connection_params()
    with psycopg.connect(**parameters, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
