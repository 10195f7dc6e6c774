"""An editor's change that may be killed: before its commit, within it, or after it."""

import os
import select
import signal
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.helpers.linked_generations import end_grace

# What the steps of a commit with a new generation are, to the interpreter.
_STEPS = {
    "fcntl.flock",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.symlink",
    "os.truncate",
}
_MOST_STEPS = 14  # of one commit; later ones are of the next
_LONGEST = 0.2  # seconds


def make_in_a_child(change, chance):
    """Make a change in a process that is killed at a random moment; return whether.

    By its parent after some time, or by itself at a step of a commit.
    """
    connection.close()
    at_a_step = chance.random() < 0.5
    step, moment = chance.randrange(_MOST_STEPS), chance.uniform(0, _LONGEST)
    if not (child := os.fork()):
        _make(change, step if at_a_step else None)
    if not at_a_step:
        process = os.pidfd_open(child)
        select.select([process], [], [], moment)
        os.close(process)
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL), code
    _forget(child)
    return code != 0


def _make(change, step):
    failed = True
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET application_name = %s", [f"killed {os.getpid()}"])
        if step is not None:
            _die_at(step)
        for _look in change():
            pass
        failed = False
    except BaseException as error:  # noqa: BLE001  (it must not return)
        sys.stderr.write(f"{error!r}\n")
    finally:
        os._exit(failed)


def _die_at(last):
    steps = iter(range(last))

    def hook(event, _arguments):
        if event in _STEPS and next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    commit = BaseDatabaseWrapper._commit

    def step_before_and_after(self):
        sys.audit("os.rename")
        commit(self)
        sys.audit("os.rename")

    BaseDatabaseWrapper._commit = step_before_and_after
    sys.addaudithook(hook)


def _forget(child):
    """Return when the database has ended what a dead process had begun."""
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s",
                [f"killed {child}"],
            )
            if cursor.fetchone() == (0,):
                break
    if not settings.PAGE_GENERATIONS:
        end_grace(Path(settings.PAGE_STORE))
