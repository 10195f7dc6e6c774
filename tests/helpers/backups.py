"""Backups that sites make of themselves, and restore."""

import os
import shutil

import pytest

AGE = shutil.which("age")
NEEDS_AGE = [
    pytest.mark.skipif(
        AGE is None and not os.environ.get("CI"), reason="no age on this machine"
    ),
    # For the sites' own processes: on either database.
    pytest.mark.django_db,
]
# Pages without files that were collected, which takes longer than all else.
PLAIN = """
from django.conf import settings
from django.test.utils import override_settings
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
"""


def write(site, keys, folder, *more):
    written = site.manage("backup", str(folder), f"--recipients={keys[0]}", *more)
    [path] = set(folder.glob("*.age")) & {folder / written.strip().rpartition("/")[2]}
    return path


def restore(site, backup, keys, *more, **changes):
    return site.attempt(
        "restore", str(backup), f"--identity={keys[1]}", *more, **changes
    )
