"""Work in a process of its own, which may be killed."""

import os

from django.db import connection


def in_a_child(work):
    """Run ``work`` in a copy of this process; return its exit code.

    It has a connection of its own to the database.
    """
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    failed = True
    try:
        # The parent's connection stays open, and is not told goodbye.
        inherited, connection.connection = connection.connection, None
        work()
        failed = inherited is None
    finally:
        os._exit(failed)
