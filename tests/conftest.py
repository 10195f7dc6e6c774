"""Fixtures that every test may ask for."""

import os

import hypothesis
import pytest
from django.core.cache import cache
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site

# What must pass for a change to land tries the same examples each time; on a
# developer's machine every run tries others.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Uploads of a test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def commits(monkeypatch):
    """What waits for a commit runs at once: a test's own transaction never commits."""
    monkeypatch.setattr(
        transaction, "on_commit", lambda run, using=None, robust=False: run()
    )


@pytest.fixture
def root(db):
    """The root of the page tree, rebuilt where a transactional test has flushed it."""
    Locale.objects.get_or_create(language_code="en-gb")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    return Page.objects.filter(depth=1).first() or Page.add_root(title="Root")


@pytest.fixture
def home(root):
    """A published front page, at http://localhost/."""
    from .factories import HomePageFactory

    # What Wagtail's own migration puts there.
    Page.objects.filter(depth=2).delete()
    Site.objects.all().delete()
    root.refresh_from_db()
    home = HomePageFactory(parent=root, slug="front")
    Site.objects.create(
        hostname="localhost",
        site_name="The clinic",
        root_page=home,
        is_default_site=True,
    )
    return home


@pytest.fixture
def roles(root):
    """The groups of home.roles, with their permissions."""
    from home.roles import create_roles

    create_roles()


@pytest.fixture
def log_in(client, roles):
    """``log_in("Editors")`` logs somebody in that role in; None: a superuser."""
    from django.contrib.auth.models import Group

    from .factories import UserFactory

    def as_role(name, client=client):
        user = UserFactory(is_superuser=name is None)
        if name:
            user.groups.add(Group.objects.get(name=name))
        client.force_login(user)
        client.user = user
        return client

    return as_role
