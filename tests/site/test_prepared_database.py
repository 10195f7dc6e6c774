"""What tests begin with is what the migrations leave behind."""

import os
import re

import pytest
from django.core.management import call_command
from django.db import connection

from tests.helpers.postgresql_databases import empty_database, keep, restore

TYPES = re.compile(r"::(text|character varying)(\[\])?|[()]")

pytestmark = pytest.mark.django_db


def test_nothing_is_left_to_migrate():
    """`make prepared` asks for this alone, so that nobody waits for it later."""
    call_command("migrate", check_unapplied=True, verbosity=0)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite copies its file")
def test_what_was_kept_comes_back_whole(tmp_path):
    first, second = tmp_path / "first.sql", tmp_path / "second.sql"
    address, name = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
    keep(f"{address.rpartition('/')[0]}/{name}", first)
    if not first.exists() and not os.environ.get("CI"):
        pytest.skip("no pg_dump of this server's version")
    with empty_database() as other:
        restore(other, first)
        keep(other, second)

    assert "COPY public.django_migrations " in first.read_text()
    assert statements(second) == statements(first)


def statements(dump):
    """Return what it does, without the word that each has its own of.

    PostgreSQL writes the types of a condition's values elsewhere once it was read.
    """
    own = ("\\restrict", "\\unrestrict")
    lines = dump.read_text().splitlines()
    return [TYPES.sub("", line) for line in lines if not line.startswith(own)]
