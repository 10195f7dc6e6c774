"""The site on two machines is one site: neither shows what the other has changed."""

import json
import os
import subprocess
import sys
import time

import pytest

from tests.deploy.conftest import SEED
from tests.deploy.own_content import EDITORS
from tests.helpers.behind_nginx import PATIENCE, ROOT
from tests.helpers.machines import Machines
from tests.helpers.postgresql_databases import answers
from tests.helpers.prepared_database import prepared_dump

# Through either machine; each title is then asked for, several times, at both.
CHANGES = 5
RENAME = """
from wagtail.models import Page
Page.objects.filter(slug="about").update(title="{}")
"""
KILLED = """
import os, signal
from django.db.backends.base.base import BaseDatabaseWrapper
commit = BaseDatabaseWrapper._commit
def commit_and_die(self):
    commit(self)
    os.kill(os.getpid(), signal.SIGKILL)
BaseDatabaseWrapper._commit = commit_and_die
"""
PICTURE = """
from django.core.files.base import ContentFile
from PIL import Image
from core.models.images import SiteImage
from io import BytesIO
file = BytesIO()
Image.new("RGB", (8, 8)).save(file, "PNG")
picture = SiteImage.objects.create(
    title="x", file=ContentFile(file.getvalue(), "dot.png"), width=8, height=8)
print(picture.file.url)
"""
SESSION = """
from django.contrib.auth import get_user_model
from django.test import Client
client = Client()
client.force_login(get_user_model().objects.create_superuser("admin"))
print(client.cookies["sessionid"].value)
"""
MAIL = """
from django.core.mail import send_mail
for number in range(6):
    send_mail(f"Subject {number}", "Text", None, ["somebody@example.org"])
"""


@pytest.fixture(scope="module")
def machines(tmp_path_factory, pytestconfig):
    if not answers() and not os.environ.get("CI"):
        pytest.skip("no PostgreSQL on this machine")
    dump = prepared_dump(pytestconfig)
    whole = Machines(tmp_path_factory.mktemp("machines"), dump)

    def fill(site):
        site.run(SEED.format(port=site.port))

    with whole.running(fill):
        whole.end_leases()
        yield whole


@pytest.fixture
def kept(machines):
    """Both machines have kept the page that is changed."""
    machines.end_leases()
    machines.keep("/about/")
    return machines


def shown(machines, title):
    """Return whether each machine shows a title with the next request."""
    answers = [machine.get("/about/") for machine in machines.each]
    return [(s, title.encode() in content) for s, _, content in answers]


BOTH = [(200, True), (200, True)]


def edit(machines):
    """Start an editor's process on each machine, who then looks at both."""
    both = {
        "WAYS": " ".join(f"127.0.0.1:{machine.port}" for machine in machines.each),
        "SITE_HOST": machines.each[0].host,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }
    for seed, machine in enumerate(machines.each, start=1):
        who = [EDITORS[seed], str(CHANGES), str(seed)]
        yield subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "tests.deploy.editing", *who],
            cwd=ROOT,
            env=machine.environment | both,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def test_neither_shows_what_was_changed_through_the_other(kept):
    for process in list(edit(kept)):
        output, errors = process.communicate()
        assert process.returncode == 0, errors[-3000:]
        assert json.loads(output)["stale"] == []


def test_each_keeps_pages_and_shows_a_change_in_sql_at_once(kept):
    one, other = kept.each

    other.run(RENAME.format("Newer words"))

    assert shown(kept, "Newer words") == BOTH
    kept.keep("/about/")
    assert shown(kept, "Newer words") == BOTH
    assert one.stored
    assert other.stored


def test_who_is_killed_after_a_commit_leaves_no_old_page(kept):
    with pytest.raises(AssertionError):
        kept.each[1].run(KILLED + RENAME.format("Last words"))

    assert shown(kept, "Last words") == BOTH
    kept.end_leases()
    kept.keep("/about/")
    assert shown(kept, "Last words") == BOTH


def test_without_redis_pages_are_made_and_nothing_is_changed(kept):
    one, other = kept.each
    one.run(RENAME.format("Before"))
    kept.redis.stop()

    assert shown(kept, "Before") == BOTH
    with pytest.raises(AssertionError, match="Nothing was stored: the Redis"):
        one.run(RENAME.format("Never"))
    assert shown(kept, "Before") == BOTH

    kept.redis.start()
    other.run(RENAME.format("After"))
    assert shown(kept, "After") == BOTH
    kept.end_leases()
    kept.keep("/about/")
    assert shown(kept, "After") == BOTH


def test_who_signs_in_at_one_is_known_to_the_other(machines):
    one, other = machines.each
    cookie = f"sessionid={one.run(SESSION).strip()}"

    assert other.get("/admin/", Cookie=cookie)[0] == 200
    assert other.get("/admin/", Cookie="sessionid=x")[0] == 302


def test_what_is_uploaded_at_one_is_served_by_the_other(machines):
    one, other = machines.each
    path = one.run(PICTURE).strip()

    status, headers, content = other.get(path)

    assert (status, content[:4]) == (200, b"\x89PNG")
    assert headers["Content-Type"] == "image/png"
    assert headers["Cache-Control"] == "public, max-age=31536000, s-maxage=60"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert other.get("/media/images/nothing.png")[0] == 404
    assert other.get("/media/documents/secret.pdf")[0] == 404


def test_two_workers_send_each_email_once(machines):
    machines.each[0].run(MAIL)

    until = time.monotonic() + PATIENCE
    while len(sent := _subjects(machines)) < 6:
        assert time.monotonic() < until, machines.each[0].log("worker")
        time.sleep(0.1)
    assert sorted(sent) == [f"Subject {number}" for number in range(6)]


def _subjects(machines):
    folders = [machine.folder / "var" / "mail" for machine in machines.each]
    texts = [file.read_text() for folder in folders for file in folder.glob("*.log")]
    return [
        line.removeprefix("Subject: ").split("] ")[-1]
        for text in texts
        for line in text.splitlines()
        if line.startswith("Subject: ")
    ]
