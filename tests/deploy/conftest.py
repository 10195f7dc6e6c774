"""A site with a few pages, behind nginx."""

import os

import pytest

from tests.deploy.disks import small_disk
from tests.helpers.behind_nginx import NGINX, BehindNginx
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
    with small_disk(site.database.parent):
        copy_prepared(pytestconfig, site.database)
        try:
            site.start(seed)
            yield site
        finally:
            site.stop()


def seed(site):
    site.run(SEED.format(port=site.port))
