"""A migrated database, made once and copied by every process that tests.

Migrations take a minute and end the same each time. The first process keeps what they
made, under a name that changes with any migration or requirement: in pytest's cache,
or on PostgreSQL as a database of its own, and there as a file as well, for tests with
a server of their own. The others wait for it. `migrate` still runs on each copy.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from wagtail.models import Page, Site

from tests.helpers import quick_flush
from tests.helpers.postgresql_databases import keep, restore

ROOT = Path(__file__).resolve().parents[2]
_SOURCES = ["requirements.txt", "*/migrations/*.py", "site/config/settings/base.py"]


def _database():
    """Return where the tests' database will lie, None when it is not on SQLite."""
    name = settings.DATABASES["default"].get("TEST", {}).get("NAME")
    return Path(name) if connection.vendor == "sqlite" else None


def prepared(config, ending=".sqlite3"):
    """Return the file that holds the database of these migrations, or will."""
    digest = hashlib.sha256()
    for path in sorted(path for source in _SOURCES for path in ROOT.glob(source)):
        digest.update(path.read_bytes())
    return config.cache.mkdir("database") / f"{digest.hexdigest()[:16]}{ending}"


def prepared_dump(config):
    """Return the file that holds it for PostgreSQL (``keep``), or will.

    Ends of logs are sealed in it: whoever keeps one has the tests' FIELD_KEYS.
    """
    return prepared(config, ".dump")


def copy_prepared(config, path):
    """Copy the database to ``path``, once somebody has made it."""
    made = prepared(config)
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(made)
        shutil.copyfile(made, path)


def _migrate(address):
    # In a process of its own, which nobody measures.
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": address,
        },
        check=True,
    )


def _template(config):
    """Return the name of the prepared database on PostgreSQL, once there is one."""
    made = prepared(config)
    name = f"test_prepared_{made.stem}"
    # Another lock than that of the file: both may be made at once.
    with (
        made.with_suffix(".postgresql-lock").open("w") as lock,
        connection._nodb_cursor() as ask,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        ask.execute(
            r"SELECT datname FROM pg_database WHERE datname LIKE 'test\_prepared%'"
        )
        there = {row[0] for row in ask.fetchall()}
        if name not in there:
            for outdated in there:
                ask.execute(f"DROP DATABASE {outdated}")
            draft = f"{name}_draft"
            ask.execute(f"CREATE DATABASE {draft}")
            address = urlsplit(os.environ["DATABASE_URL"])
            address = urlunsplit(address._replace(path=f"/{draft}"))
            dump = prepared_dump(config)
            restore(address, dump)
            _migrate(address)
            keep(address, dump)
            ask.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
    return name


def _make(made):
    for outdated in made.parent.glob("*.sqlite3*"):
        outdated.unlink()
    draft = made.with_suffix(".sqlite3-draft")
    _migrate(f"sqlite:///{draft}")
    with closing(sqlite3.connect(draft)) as database:
        database.execute("VACUUM INTO ?", [str(made)])
    draft.unlink()


@pytest.fixture(scope="session")
def django_db_keepdb(request):
    """Have pytest-django migrate the copy instead of starting from nothing."""
    return _database() is not None or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request, django_db_modify_db_settings, django_db_blocker
):
    """Put the copy in place, or say what to copy."""
    if database := _database():
        copy_prepared(request.config, database)
        return
    quick_flush.install()
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = _template(request.config)


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_setup, django_db_blocker):
    """Leave nothing of the copy behind."""
    with django_db_blocker.unblock():
        # What Wagtail's own migration puts there; to delete a page takes long.
        Page.objects.filter(depth=2).delete()
        Site.objects.all().delete()
    yield
    if database := _database():
        shutil.rmtree(database.parent, ignore_errors=True)
