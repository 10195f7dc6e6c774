"""A site with a few pages, behind nginx."""

import os
import signal
import time

import pytest

from tests.deploy.disks import small_disk
from tests.helpers.behind_nginx import NGINX, PATIENCE, BehindNginx
from tests.helpers.prepared_database import copy_prepared

SEED = """
from wagtail.models import Page, Site
from core.models.site_settings import (
    DisclaimerSettings, FooterSettings, NavigationSettings)
from home.models import HomePage, ContentPage
from testimonials.models import TestimonialIndexPage
from tests.deploy.own_content import EDITORS, Own
from users.models import User
root = Page.objects.get(depth=1)
for page in root.get_children():
    page.delete()
root.refresh_from_db()
home = root.add_child(instance=HomePage(title="The clinic", slug="front"))
home.add_child(instance=ContentPage(title="About us", slug="about"))
stories = home.add_child(instance=TestimonialIndexPage(title="Stories", slug="stories"))
edited = [Own(slug).make(home, stories) for slug in EDITORS]
site = Site.objects.create(hostname="localhost", port={port}, root_page=home,
                           is_default_site=True, site_name="The clinic")
for settings in (FooterSettings, DisclaimerSettings):
    settings.for_site(site)
menu = NavigationSettings.for_site(site)
menu.call_to_action_page = home
item = {{"url": "", "label": "", "children": []}}
menu.menu = [("item", {{**item, "page": page}}) for page in edited]
menu.save()
User.objects.create_superuser("editor", "editor@clinic.example", "password")
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "deploy" not in item.path.parts:
            continue
        if NGINX is None and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="no nginx on this machine"))


@pytest.fixture(scope="session")
def served(tmp_path_factory, pytestconfig):
    assert NGINX, "CI needs nginx and libnginx-mod-http-brotli-static"
    site = BehindNginx(tmp_path_factory.mktemp("behind-nginx"))
    pages = site.generations.folder
    pages.mkdir(parents=True)
    with small_disk(site.database.parent), small_disk(pages):
        copy_prepared(pytestconfig, site.database)
        try:
            site.start(seed)
            yield site
        finally:
            site.stop()


def seed(site):
    site.run(SEED.format(port=site.port))


@pytest.fixture
def fresh(served):
    """A generation in which only ``/about/`` is stored."""
    served.generations.start()
    # Not by asking for the page, which nginx allows so many times a second.
    until = time.monotonic() + PATIENCE
    while not served.generations.current() and time.monotonic() < until:
        time.sleep(0.05)
    answer = served.get("/about/")
    assert "ETag" in answer[1], answer
    return served


@pytest.fixture
def alone(fresh):
    """Nginx without the site: what it answers, it answers by itself."""
    for pid in fresh.workers:
        os.kill(pid, signal.SIGSTOP)
    yield fresh
    for pid in fresh.workers:
        os.kill(pid, signal.SIGCONT)
