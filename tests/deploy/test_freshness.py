"""Editors change pages at once, they and workers are killed, and no answer is old.

`make freshness` makes a thousand changes, `make deployment` some: each kind at least
once. With a `DATABASE_URL` of PostgreSQL the site is on that, else on SQLite.
"""

import json
import os
import random
import signal
import subprocess
import sys
from contextlib import suppress

import pytest
from django.conf import settings

from tests.deploy.changes_of_content import CHANGES as KINDS
from tests.deploy.conftest import SEED
from tests.deploy.own_content import EDITORS
from tests.helpers.behind_nginx import ROOT, BehindNginx
from tests.helpers.postgresql_databases import empty_database, keep, restore
from tests.helpers.prepared_database import prepared_dump

EDITING = [sys.executable, "-m", "tests.deploy.editing"]
CHANGES = int(os.environ.get("FRESHNESS", "36"))

KILLED = 3  # workers
# What nginx says where the process that was to answer was killed.
UNANSWERED = {502, 503, 504}


@pytest.fixture(scope="module")
def edited(request, tmp_path_factory, pytestconfig):
    """The site behind nginx, on the database that the environment names."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield request.getfixturevalue("served")
        return
    dump = prepared_dump(pytestconfig)
    with empty_database() as database:
        folder = tmp_path_factory.mktemp("on-postgresql")
        keys = ",".join(settings.FIELD_KEYS)
        site = BehindNginx(folder, DATABASE_URL=database, FIELD_KEYS=keys)
        try:
            restore(database, dump)
            site.start(lambda site: (keep(database, dump), site.run(_seed(site))))
            yield site
        finally:
            site.stop()


def _seed(site):
    return SEED.format(port=site.port)


def edit(site, seed, *more):
    """Start one process for each editor."""
    environment = site.environment | {
        "WAYS": f"127.0.0.1:{site.port} {site.socket}",
        "SITE_HOST": site.host,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }
    each = -(-CHANGES // len(EDITORS))
    return [
        subprocess.Popen(  # noqa: S603
            [*EDITING, slug, str(each), str(number), *more],
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


def stale(site, found):
    """Return every answer that was an old one, and every page that is kept and old."""
    answers = [answer for each in found for answer in each["stale"]]
    kept = {f"/{key.partition('/')[2]}" for key in site.stored}
    return answers, [path for path in kept if _is_old(site, path)]


def _is_old(site, path):
    """Return whether nginx has a page that the site, asked by one of its own, has not.

    Asked twice, so that it is stored.
    """
    site.get(path)
    status, _headers, content = site.get(path)
    now, _headers, made = site.get(path, Cookie="sessionid=nobody")
    return (status, content if status == 200 else b"") != (
        now,
        made if now == 200 else b"",
    )


def test_no_answer_is_older_than_a_change_of_any_kind(edited):
    found = list(results(edit(edited, seed=1)))

    made = [name for each in found for name in each["made"]]
    assert len(made) >= CHANGES
    assert set(made) == KINDS.keys()
    assert stale(edited, found) == ([], [])


def test_who_is_killed_leaves_no_old_page(edited):
    chance = random.Random(7)  # noqa: S311
    processes = edit(edited, 4, "killed")
    killed = 0
    while killed < KILLED and processes[0].poll() is None:
        with suppress(subprocess.TimeoutExpired):
            processes[0].wait(timeout=1)
        os.kill(chance.choice(edited.workers), signal.SIGKILL)
        killed += 1

    found = list(results(processes))
    answers, pages = stale(edited, found)
    # Who was asking a worker that is killed gets an error, and nobody an old page.
    answered = [each for each in answers if isinstance(each[-1], int)]
    assert [each for each in answered if each[-1] not in UNANSWERED] == []
    assert pages == []
    assert killed == KILLED
    assert all(each["killed"] for each in found)
