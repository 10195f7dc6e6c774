"""A restore brings everything back, or replaces nothing."""

import contextlib
import io
import json
import sqlite3
import subprocess
import tarfile

import psycopg
import pytest

from tests.helpers.backups import AGE, NEEDS_AGE, PLAIN, restore
from tests.helpers.database_gone import IS_POSTGRESQL
from tests.helpers.own_site import own_site

pytestmark = NEEDS_AGE
BUCKET = "s3://key:secret@storage.example/clinic"
LOOK = f"""{PLAIN}
import hashlib, json
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from applications.models import Answer, Upload
from core.models import SiteImage
client = Client(HTTP_HOST="localhost")
sessions = Session.objects.count()
who = dict(login="editor", password="password")
client.post(reverse("account_login"), who)
upload = Upload.objects.get()
inspect = reverse("application:inspect", args=[upload.application_id])
client.post(inspect, dict(reason="decide"))
response = client.get(reverse("application:file", args=[upload.pk]))
film = storages["private"].open("films/Jürgen's film.webm").read()
print(json.dumps(dict(
    page="The clinic" in client.get("/").content.decode(),
    answers=sorted((answer.value for answer in Answer.objects.all()), key=str),
    picture=len(SiteImage.objects.get().file.read()) > 0,
    letter=b"".join(response.streaming_content).decode(),
    film=hashlib.sha256(film).hexdigest(),
    sessions=sessions,
    admin=client.get(reverse("wagtailadmin_home")).status_code,
)))
"""


@pytest.fixture
def empty(tmp_path):
    return own_site(tmp_path / "empty", None, "empty")


@pytest.fixture(scope="module")
def restored(tmp_path_factory, backup, keys):
    """What was an empty site before."""
    folder = tmp_path_factory.mktemp("restored") / "site"
    site = own_site(folder, None, "restored")
    done = restore(site, backup, keys)
    assert done.returncode == 0, done.stderr
    return site


def everything_in(site):
    """Return the number of tables, and every upload with its size."""
    url = site.environment["DATABASE_URL"]
    if url.startswith("sqlite"):
        database = sqlite3.connect(site.folder / "db.sqlite3")
        tables = "SELECT count(*) FROM sqlite_master"
    else:
        database = psycopg.connect(url)
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    with contextlib.closing(database):
        [number] = database.execute(tables).fetchone()
    files = {
        path: path.stat().st_size
        for store in ("media", "private", "applicants")
        for path in (site.folder / store).rglob("*")
        if path.is_file()
    }
    return number, files


def test_what_was_backed_up_is_all_there_again(original, restored):
    found = json.loads(restored.run(LOOK))

    assert '"Ada Quillfeather"' in found["answers"]
    assert found["letter"].startswith("%PDF")
    assert found | {"sessions": 1} == json.loads(original.run(LOOK))
    assert found["sessions"] == 0
    assert (found["page"], found["admin"]) == (True, 200)
    film = next((restored.folder / "private").rglob("*.webm"))
    assert film.stat().st_mode & 0o777 == 0o640
    assert not list(restored.folder.rglob(".re*"))


def test_what_came_since_is_gone_after_overwriting(restored, backup, keys):
    later = restored.folder / "media" / "later.txt"
    later.write_text("x")
    restored.run("from core.models import SiteImage; SiteImage.objects.all().delete()")

    done = restore(restored, backup, keys, "--overwrite")

    assert done.returncode == 0, done.stderr
    assert json.loads(restored.run(LOOK))["picture"]
    assert not later.exists()


def test_a_store_that_was_a_bucket_is_left_as_it_is(restored, keys, tmp_path):
    bucket = {"MEDIA_STORAGE": BUCKET}
    options = str(tmp_path), f"--recipients={keys[0]}"
    backup = restored.attempt("backup", *options, **bucket).stdout.strip()
    later = restored.folder / "media" / "later.txt"
    later.write_text("x")

    done = restore(restored, backup, keys, "--overwrite")

    assert done.returncode == 0, done.stderr
    assert "The store “default” was a bucket" in done.stderr
    assert later.exists()


class TestRefusals:
    """What a restore does not do, and leaves everything as it was."""

    @pytest.fixture
    def occupied(self, original):
        """The original, which must be the same afterwards."""
        before = everything_in(original)
        yield original
        assert everything_in(original) == before

    def test_data_is_replaced_only_when_told(self, occupied, backup, keys):
        done = restore(occupied, backup, keys)

        assert done.returncode == 1
        assert "--overwrite" in done.stderr
        assert "the database and files in" in done.stderr

    @pytest.mark.parametrize("damage", ["cut short", "changed"])
    def test_a_damaged_backup_replaces_nothing(
        self, occupied, backup, keys, tmp_path, damage
    ):
        content = bytearray(backup.read_bytes())
        if damage == "cut short":
            del content[-1000:]
        else:
            content[-1000] ^= 1
        broken = tmp_path / "broken.tar.age"
        broken.write_bytes(content)

        done = restore(occupied, broken, keys, "--overwrite")

        assert done.returncode == 1
        assert done.stderr.startswith("CommandError: age: error")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"engine": "oracle"}, "The backup is of oracle"),
            ({"migrations": [["core", "9999_later"]]}, "other migrations (core.9999"),
            ({"format": 2}, "A later release made this backup"),
        ],
    )
    def test_a_backup_that_does_not_fit_replaces_nothing(
        self, occupied, keys, tmp_path, changes, said
    ):
        manifest = {
            "format": 1,
            "made": "2026-01-01T00:00:00+00:00",
            "engine": "postgresql" if IS_POSTGRESQL else "sqlite",
            "rows": {},
            "migrations": [],
            "keys": [],
            "elsewhere": [],
        }
        content = json.dumps(manifest | changes).encode()
        member = tarfile.TarInfo("manifest.json")
        member.size = len(content)
        with tarfile.open(tmp_path / "plain", "w") as plain:
            plain.addfile(member, io.BytesIO(content))
        other = tmp_path / "other.tar.age"
        command = [AGE, "-R", keys[0], "-o", other, tmp_path / "plain"]
        subprocess.run(command, check=True)  # noqa: S603

        done = restore(occupied, other, keys, "--overwrite")

        assert done.returncode == 1
        assert said in done.stderr

    def test_files_that_would_belong_in_a_bucket_now_are_not_left_out(
        self, occupied, backup, keys
    ):
        done = restore(occupied, backup, keys, "--overwrite", MEDIA_STORAGE=BUCKET)

        assert done.returncode == 1
        assert "“default”, and MEDIA_STORAGE names a bucket" in done.stderr

    def test_a_site_without_the_keys_of_that_time_is_not_made(
        self, empty, backup, keys
    ):
        other = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA="

        done = restore(empty, backup, keys, FIELD_KEYS=other)

        assert done.returncode == 1
        assert "FIELD_KEYS lacks 1" in done.stderr
        assert everything_in(empty)[0] == 0
