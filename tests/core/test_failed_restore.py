"""A restore that fails at the last moment leaves the site as it was, and open."""

import json

import pytest

from tests.helpers.database_gone import IS_POSTGRESQL
from tests.helpers.own_site import own_site

# All of a restore but the reading of an encrypted file: the backup is the site itself.
RESTORE = """
import json
from pathlib import Path
from types import SimpleNamespace
from django.core.management.base import CommandError
from core.backup import databases, restoring, uncleaned
def read(backup, identity, places, keys_lost):
    Path(places["database"]).write_bytes(Path(backup).read_bytes())
    return SimpleNamespace(elsewhere=[], rows={{"kept": 0}})
restoring._read = read
if {marked}:
    uncleaned.mark()
    uncleaned.mark_whole()
{prepared}
said = None
try:
    restoring.restore(Path({backup!r}), None, keys_lost=False)
except (CommandError, OSError) as error:
    said = str(error)
print(json.dumps([said, uncleaned.is_uncleaned(), uncleaned.is_half_restored()]))
"""
PREPARE = """
from pathlib import Path
from django.db import connection
from core.backup import databases
connection.cursor().execute("CREATE TABLE kept (number int)")
databases.copy_to(Path({!r}))
"""
TABLES = "from core.backup import databases; print(databases.count())"
# A disk that fails.
NO_RENAME = """
def failing(self, target):
    raise OSError(5, "Input/output error")
Path.replace = failing
"""
NO_SWAP = """
def failing(root, staged):
    raise OSError(5, "Input/output error")
restoring._swap = failing
"""
# As root, as whom tests may run, sees nothing of.
IMMOVABLE = """
import os
usual = os.access
os.access = lambda path, mode: Path(path).name != "theirs" and usual(path, mode)
os.path.ismount = lambda path: Path(path).name in ("disk", "lost+found")
"""
# For the sites' own processes: on either database.
pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path):
    """A site with one table, which is enough to lose."""
    made = own_site(tmp_path / "site", None, "failed")
    made.run(PREPARE.format(str(tmp_path / "backup")))
    return made


def restore(site, tmp_path, prepared="", *, marked=False, **changes):
    """Return what is said, whether the site stays closed, and with half a restore."""
    backup = str(tmp_path / "backup")
    script = RESTORE.format(backup=backup, prepared=prepared, marked=marked)
    done = site.attempt(
        "shell", "--no-imports", "--verbosity=0", "--command", script, **changes
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refuse(site, tmp_path, **options):
    """Restore where the database refuses to be replaced."""
    if IS_POSTGRESQL:
        read_only = "-c default_transaction_read_only=on"
        return restore(site, tmp_path, PGOPTIONS=read_only, **options)
    return restore(site, tmp_path, NO_RENAME, **options)


def psql(folder, status):
    """Put a program in psql's place that ends as it does."""
    program = folder / "programs" / "psql"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexit {status}\n")
    program.chmod(0o755)
    return program.parent


def test_the_site_opens_with_all_that_it_had(site, tmp_path):
    said, closed, _half = refuse(site, tmp_path)

    assert "Input/output error" in said or "read-only transaction" in said
    assert not closed
    assert site.run(TABLES) == "{'kept': 0}\n"


def test_a_site_that_was_closed_before_stays_closed(site, tmp_path):
    assert refuse(site, tmp_path, marked=True)[1:] == [True, False]


@pytest.mark.parametrize("name", ["disk", "theirs"])
def test_what_cannot_be_moved_away_is_found_before(site, tmp_path, name):
    (site.folder / "media" / name).mkdir(parents=True)

    said, *closed = restore(site, tmp_path, IMMOVABLE)

    assert said.startswith(f"Nothing was replaced. {site.folder}/media/{name} cannot")
    assert closed == [False, False]


def test_a_disk_keeps_its_own_folder(site, tmp_path):
    kept = site.folder / "media" / "lost+found"
    kept.mkdir(parents=True)

    assert restore(site, tmp_path, IMMOVABLE)[0] is None

    assert kept.is_dir()


def test_half_a_restore_is_not_opened_by_erasing_anybody(site, tmp_path):
    assert restore(site, tmp_path, NO_SWAP)[1:] == [True, True]

    done = site.attempt("redo_erasures", "--unfinished")

    assert done.returncode == 1
    assert "restore once more" in done.stderr
    assert list(site.folder.glob("*.restoring"))


@pytest.mark.skipif(not IS_POSTGRESQL, reason="needs PostgreSQL")
def test_a_connection_lost_at_the_end_may_have_replaced_everything(site, tmp_path):
    path = f"{psql(tmp_path, 2)}:{site.environment['PATH']}"

    assert restore(site, tmp_path, PATH=path)[1:] == [True, True]
