"""A site with a folder, a database and processes of its own."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from tests.helpers.database_gone import IS_POSTGRESQL
from tests.helpers.prepared_database import copy_prepared

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "SECRET_KEY": "k" * 50,
    "FIELD_KEYS": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
}


class OwnSite:
    """What ``manage.py`` does with the settings of ``make run`` in ``folder``."""

    def __init__(self, folder, database_url=""):
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'db.sqlite3'}",
            # Nobody waits for every size of a picture.
            "TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
            **SECRETS,
        }

    def attempt(self, *arguments, **changes):
        return subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment | changes,
            capture_output=True,
            text=True,
            check=False,
        )

    def manage(self, *arguments):
        done = self.attempt(*arguments)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def run(self, script):
        return self.manage(
            *("shell", "--no-imports", "--verbosity=0", "--command", script)
        )


def own_site(folder, config, name):
    """Return a site with an empty database, for ``config`` a migrated one.

    The latter needs the fixture ``django_db_setup``, and has folders for uploads, as an
    installed site has from the beginning.
    """
    folder.mkdir()
    if config:
        for store in ("media", "private", "applicants"):
            (folder / store).mkdir()
    if not IS_POSTGRESQL:
        if config:
            copy_prepared(config, folder / "db.sqlite3")
        return OwnSite(folder)
    address = os.environ["DATABASE_URL"]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    database = f"own_site_{name}_{worker}"
    model = "template1"
    if config:
        # The tests' own database is migrated already, and copied while nobody uses it.
        connection.close()
        model = connection.settings_dict["NAME"]
    with psycopg.connect(address, autocommit=True) as server:
        for action in (
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            "CREATE DATABASE {} TEMPLATE {}",
        ):
            names = map(sql.Identifier, (database, model))
            server.execute(sql.SQL(action).format(*names))
    return OwnSite(folder, f"{address.rpartition('/')[0]}/{database}")
