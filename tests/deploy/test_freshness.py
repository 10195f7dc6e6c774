"""Editors change pages at once, workers are killed, and no answer is an old one.

`make freshness` makes a thousand changes, `make deployment` some.
"""

import json
import os
import random
import signal
import subprocess
import sys
from contextlib import suppress

from tests.deploy.conftest import EDITORS
from tests.helpers.behind_nginx import ROOT

EDITING = [sys.executable, "-m", "tests.deploy.editing"]
CHANGES = int(os.environ.get("FRESHNESS", "30"))

KILLED = 3  # workers


def edit(served, seed):
    """Start one process for each editor."""
    environment = served.environment | {
        "WAYS": f"127.0.0.1:{served.port} {served.socket}",
        "SITE_HOST": served.host,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }
    each = -(-CHANGES // len(EDITORS))
    return [
        subprocess.Popen(  # noqa: S603
            [*EDITING, slug, str(each), str(number)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, slug in enumerate(EDITORS, start=seed)
    ]


def results(processes):
    for process in processes:
        output, errors = process.communicate()
        assert process.returncode == 0, errors[-3000:]
        yield json.loads(output)


def test_no_answer_is_older_than_a_change_that_was_committed(served):
    found = list(results(edit(served, seed=1)))

    assert sum(each["changes"] for each in found) >= CHANGES
    assert [stale for each in found for stale in each["stale"]] == []


def test_a_worker_that_is_killed_leaves_no_old_page(served):
    chance = random.Random(7)  # noqa: S311
    processes = edit(served, seed=4)
    killed = 0
    while killed < KILLED and processes[0].poll() is None:
        with suppress(subprocess.TimeoutExpired):
            processes[0].wait(timeout=1)
        os.kill(chance.choice(served.workers), signal.SIGKILL)
        killed += 1

    stale = [each for found in results(processes) for each in found["stale"]]
    # Who was asking a worker that is killed gets an error, and nobody an old page.
    assert [each for each in stale if each[-1] == 200] == []
    assert killed == KILLED
