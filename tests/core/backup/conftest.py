"""A site with something of everything, and its backup."""

import shutil
import subprocess

import pytest

from tests.helpers.backups import PLAIN, write
from tests.helpers.own_site import own_site

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


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """(public keys, private key): files."""
    folder = tmp_path_factory.mktemp("keys")
    private, public = folder / "private", folder / "public"
    generate = shutil.which("age-keygen")
    assert generate, "CI needs age"
    subprocess.run([generate, "-o", private], check=True, capture_output=True)  # noqa: S603
    subprocess.run([generate, "-y", "-o", public, private], check=True)  # noqa: S603
    return public, private


@pytest.fixture(scope="session")
def original(tmp_path_factory, pytestconfig, django_db_setup):
    """A site with a page, an application, a picture, a film and somebody signed in."""
    folder = tmp_path_factory.mktemp("original") / "site"
    site = own_site(folder, pytestconfig, "original")
    site.manage("migrate", "--verbosity=0")
    site.run(SEED)
    return site


@pytest.fixture(scope="session")
def backup(original, keys, tmp_path_factory):
    folder = tmp_path_factory.mktemp("backups")
    return write(original, keys, folder)
