"""Answers: one application from many posts, and no byte of them in clear anywhere."""

import io
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.serializers.base import DeserializationError
from django.db import connection

from applications.models.applications import Answer, Application
from applications.models.site_settings import ApplicationSettings
from core.encryption import NotEncryptedError
from tests.helpers import applications_on_file
from tests.helpers.applications_on_file import without_addressee
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    filled_in,
)

ANSWERS = {
    "short_text": "Quillfeather Plumbago",
    "long_text": "vermilionazole twice daily",
    "email": "plumbago@example.org",
    "telephone": "01632 960 733",
}
ON_SQLITE = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="about SQLite's files"
)
ON_POSTGRESQL = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="about PostgreSQL's columns"
)


@pytest.fixture
def form_page(transactional_db, home):
    ApplicationSettings.objects.create(
        site=home.get_site(), notified="admissions@example.org"
    )
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def on_file(form_page, tmp_path):
    """What eight posts at once did to a copy of the database in a file."""
    database, log = tmp_path / "db.sqlite3", tmp_path / "log"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(database)])
    script = Path(applications_on_file.__file__)
    ran = subprocess.run(  # noqa: S603
        [sys.executable, str(script), str(database), str(log)],
        input=json.dumps(ANSWERS),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    printed = ran.stdout + ran.stderr
    assert not [secret for secret in ANSWERS.values() if secret in printed]
    return json.loads(ran.stdout)


@ON_SQLITE
def test_a_file_in_wal_mode_takes_one_of_eight_posts_and_shows_no_answer(on_file):
    assert on_file["applications"] == 1
    assert on_file["answers"] == len(IDS)
    assert set(on_file["statuses"]) == {303}
    assert on_file["wal"] > 0
    assert on_file["mails"] == 2  # to staff and to the applicant
    assert on_file["found"] == []


@ON_POSTGRESQL
def test_postgresql_takes_one_of_eight_posts_at_once(form_page):
    statuses = applications_on_file.post_at_once(form_page.url, filled_in(form_page))

    assert set(statuses) == {303}
    assert Application.objects.count() == 1
    assert Answer.objects.count() == len(IDS)


@ON_POSTGRESQL
def test_no_column_of_any_table_shows_an_answer(client, form_page):
    client.post(form_page.url, filled_in(form_page, **ANSWERS))

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public'"
        )
        columns = cursor.fetchall()
        found = []
        for table, column in columns:
            for secret in ANSWERS.values():
                cursor.execute(
                    f'SELECT 1 FROM "{table}" WHERE strpos("{column}"::text, %s) > 0 '  # noqa: S608
                    f"OR strpos(\"{column}\"::text, encode(%s, 'hex')) > 0 LIMIT 1",
                    [secret, secret.encode()],
                )
                if cursor.fetchone():
                    found.append((table, column, secret))

    assert len(columns) > 100
    assert found == []


def test_neither_log_nor_mail_nor_dump_shows_an_answer(client, form_page, caplog):
    with caplog.at_level(logging.DEBUG):
        client.post(form_page.url, filled_in(form_page, **ANSWERS))
        client.post(form_page.url, filled_in(form_page, **ANSWERS, number="wrong"))

    dump = io.StringIO()
    call_command("dumpdata", "applications", stdout=dump)
    sent = "".join(without_addressee(message) for message in mail.outbox)
    assert "aesgcm1." in dump.getvalue()
    assert mail.outbox
    for secret in ANSWERS.values():
        assert secret not in caplog.text
        assert secret not in sent
        assert secret not in dump.getvalue()


def test_a_dump_can_be_loaded_again_and_read(client, form_page, tmp_path):
    client.post(form_page.url, filled_in(form_page, **ANSWERS))
    dump = tmp_path / "dump.json"
    call_command("dumpdata", "applications.answer", output=str(dump), verbosity=0)
    Answer.objects.all().delete()

    call_command("loaddata", str(dump), verbosity=0)

    assert Answer.objects.get(question=IDS["email"]).given == ANSWERS["email"]


def test_a_dump_in_clear_is_not_loaded(client, form_page, tmp_path):
    client.post(form_page.url, filled_in(form_page, **ANSWERS))
    dump = tmp_path / "dump.json"
    call_command("dumpdata", "applications.answer", output=str(dump), verbosity=0)
    rows = json.loads(dump.read_text())
    rows[0]["fields"]["value"] = json.dumps(ANSWERS["email"])
    dump.write_text(json.dumps(rows))
    Answer.objects.all().delete()

    with pytest.raises(DeserializationError) as refused:
        call_command("loaddata", str(dump), verbosity=0)

    assert isinstance(refused.value.__context__, NotEncryptedError)
    assert not Answer.objects.exists()
