"""A backup is encrypted and whole, and a restore brings everything back."""

import contextlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile

import psycopg
import pytest

from core.backup import archive
from tests.helpers.database_gone import IS_POSTGRESQL
from tests.helpers.own_site import own_site

AGE = shutil.which("age")
# Pages without files that were collected, which takes longer than all else.
PLAIN = """
from django.conf import settings
from django.test.utils import override_settings
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
"""
SEED = f"""{PLAIN}
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from wagtail.models import Page, Site
from applications.models import Application
from tests.helpers.applicants_files import draft_of, kept
from tests.helpers.factories import HomePageFactory, SiteImageFactory, UserFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory, send
root = Page.objects.get(depth=1)
for page in root.get_children():
    page.delete()
root.refresh_from_db()
home = HomePageFactory(parent=root, title="The clinic", slug="front")
Site.objects.update_or_create(
    is_default_site=True, defaults=dict(hostname="localhost", root_page=home)
)
form = ApplicationFormPageFactory(parent=home)
client = Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_PROTO="https")
answer = send(client, form)
assert answer.status_code == 303, answer.status_code
SiteImageFactory(title="The sea wall")
storages["private"].save("films/Jürgen's film.webm", ContentFile(b"x" * 3_000_000))
upload = kept(draft_of(form))
upload.application, upload.draft = Application.objects.get(), None
upload.save()
UserFactory(username="editor", is_superuser=True)
client.login(username="editor", password="password")
"""
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
pytestmark = [
    pytest.mark.skipif(
        AGE is None and not os.environ.get("CI"), reason="no age on this machine"
    ),
    # For the sites' own processes: on either database.
    pytest.mark.django_db,
]


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """(public keys, private key): files."""
    folder = tmp_path_factory.mktemp("keys")
    private, public = folder / "private", folder / "public"
    generate = shutil.which("age-keygen")
    assert generate, "CI needs age"
    subprocess.run([generate, "-o", private], check=True, capture_output=True)  # noqa: S603
    subprocess.run([generate, "-y", "-o", public, private], check=True)  # noqa: S603
    return public, private


@pytest.fixture(scope="module")
def original(tmp_path_factory, pytestconfig, django_db_setup):
    """A site with a page, an application, a picture, a film and somebody signed in."""
    folder = tmp_path_factory.mktemp("original") / "site"
    site = own_site(folder, pytestconfig, "original")
    site.manage("migrate", "--verbosity=0")
    site.run(SEED)
    return site


@pytest.fixture(scope="module")
def backup(original, keys, tmp_path_factory):
    folder = tmp_path_factory.mktemp("backups")
    return write(original, keys, folder)


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


def write(site, keys, folder, *more):
    written = site.manage("backup", str(folder), f"--recipients={keys[0]}", *more)
    [path] = set(folder.glob("*.age")) & {folder / written.strip().rpartition("/")[2]}
    return path


def restore(site, backup, keys, *more, **changes):
    return site.attempt(
        "restore", str(backup), f"--identity={keys[1]}", *more, **changes
    )


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


def test_nothing_of_a_backup_can_be_read_without_the_key(backup, tmp_path, keys):
    content = backup.read_bytes()
    for text in (b"The clinic", b"editor", b"sea wall", b"manifest"):
        assert text not in content
    assert backup.stat().st_mode & 0o007 == 0


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

    def test_a_site_without_the_keys_of_that_time_is_not_made(
        self, empty, backup, keys
    ):
        other = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA="

        done = restore(empty, backup, keys, FIELD_KEYS=other)

        assert done.returncode == 1
        assert "FIELD_KEYS lacks 1" in done.stderr
        assert everything_in(empty)[0] == 0


class TestWriting:
    def test_the_newest_are_kept_and_what_a_killed_one_left_is_cleared_away(
        self, original, backup, keys, tmp_path
    ):
        for name in ("2026-01-01T00-00-00Z.tar.age", backup.name):
            shutil.copy(backup, tmp_path / name)
        (tmp_path / ".unfinished-1").mkdir()
        (tmp_path / ".unfinished-1" / "database").write_text("x")

        latest = write(original, keys, tmp_path, "--keep=2")

        kept = {path.name for path in tmp_path.iterdir()}
        assert kept == {backup.name, latest.name, ".lock"}

    def test_none_is_deleted_unless_told_how_many_are_kept(
        self, original, backup, keys, tmp_path
    ):
        old = [tmp_path / f"2026-01-{day:02}T00-00-00Z.tar.age" for day in range(1, 21)]
        for path in old:
            path.touch()

        latest = write(original, keys, tmp_path)

        assert set(tmp_path.glob("*.age")) == {*old, latest}

    def test_a_store_that_is_not_there_is_a_failure_that_deletes_nothing(
        self, original, backup, keys, tmp_path
    ):
        shutil.copy(backup, tmp_path)
        place, elsewhere = original.folder / "private", tmp_path / "elsewhere"
        place.rename(elsewhere)

        try:
            done = original.attempt(
                *("backup", str(tmp_path), f"--recipients={keys[0]}", "--keep=1")
            )
        finally:
            elsewhere.rename(place)

        assert done.returncode == 1
        assert f"is not there: {place}" in done.stderr
        assert [path.name for path in tmp_path.glob("*.age")] == [backup.name]

    def test_a_folder_that_cannot_be_read_is_a_failure(self, tmp_path, monkeypatch):
        """Root, as which tests may run, can read every folder."""
        (tmp_path / "films").mkdir()
        usual = os.scandir

        def scandir(path):
            if str(path).endswith("films"):
                raise PermissionError(13, "Permission denied", str(path))
            return usual(path)

        monkeypatch.setattr(os, "scandir", scandir)
        monkeypatch.setattr(archive, "folder", lambda store: tmp_path)
        with (
            tarfile.open(fileobj=io.BytesIO(), mode="w|") as stream,
            pytest.raises(PermissionError, match="films"),
        ):
            archive._add_files(stream, "private")

    def test_a_failure_leaves_the_earlier_ones_and_nothing_else(
        self, original, backup, tmp_path
    ):
        shutil.copy(backup, tmp_path)
        wrong = tmp_path / "recipients"
        wrong.write_text("no key\n")

        done = original.attempt(
            *("backup", str(tmp_path), f"--recipients={wrong}", "--keep=1")
        )

        assert done.returncode == 1
        assert "No backup was written, and the earlier ones are unt" in done.stderr
        left = {path.name for path in tmp_path.iterdir()}
        assert left == {backup.name, "recipients", ".lock"}

    def test_files_that_come_and_go_meanwhile_harm_nothing(
        self, original, keys, tmp_path
    ):
        churn = original.folder / "media" / "churn"
        churn.mkdir()
        script = "while :; do for n in 1 2 3; do echo $$ > $n; done; rm -f *; done"
        shell = ["/bin/sh", "-c", script]
        with subprocess.Popen(shell, cwd=churn) as other:  # noqa: S603
            try:
                write(original, keys, tmp_path)
            finally:
                other.kill()
        shutil.rmtree(churn)


@pytest.mark.parametrize("name", ["../out", "a/../../out", "link/out"])
def test_a_file_that_leads_out_of_its_store_is_refused(tmp_path, monkeypatch, name):
    # Debian 12's Python 3.11.2 lacks both.
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    monkeypatch.delattr(tarfile.TarInfo, "replace", raising=False)
    store = tmp_path / "store"
    store.mkdir()
    (store / "link").symlink_to(tmp_path)
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as written:
        written.addfile(tarfile.TarInfo(f"files/default/{name}"))
    stream.seek(0)

    with tarfile.open(fileobj=stream) as read, pytest.raises(tarfile.TarError):
        archive.extract(read, {"files/default": store})

    assert not (tmp_path / "out").exists()
