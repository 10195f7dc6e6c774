"""The demonstration site, loaded once by a process and laid out anew for each file."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from wagtail.models import Site

from demonstration.seeding.load import load


def stored_in(uploads: Path) -> dict[str, Any]:
    """Return the settings by which files lie in ``uploads``, private ones as well."""
    private = {
        **settings.STORAGES["private"],
        "OPTIONS": {"location": uploads / "private"},
    }
    return {
        "MEDIA_ROOT": uploads / "media",
        "STORAGES": {**settings.STORAGES, "private": private},
    }


class Demonstration:
    """Loading takes some ten seconds, and a copy of what it made a part of one.

    Only SQLite has copies; elsewhere it is loaded each time.
    """

    def __init__(self, kept: Path) -> None:
        self._uploads = kept / "uploads"
        self._database = kept / "db.sqlite3"

    def lay_out(self, uploads: Path) -> None:
        """Fill an empty, committed database, and the folder ``uploads``."""
        if self._database.exists():
            self._copy(uploads)
            return
        with override_settings(**stored_in(uploads)):
            load(lambda line: None)
        if connection.vendor == "sqlite":
            shutil.copytree(uploads, self._uploads)
            with closing(sqlite3.connect(self._database)) as kept:
                connection.connection.backup(kept)

    def _copy(self, uploads: Path) -> None:
        shutil.copytree(self._uploads, uploads, dirs_exist_ok=True)
        connection.ensure_connection()
        with closing(sqlite3.connect(self._database)) as kept:
            kept.backup(connection.connection)
        # What was read of the database before is of another one.
        ContentType.objects.clear_cache()
        Site.clear_site_root_paths_cache()
        cache.clear()
