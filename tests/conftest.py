"""Fixtures that every test may ask for."""

import os
from collections import Counter

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, Locale, Page, Site

from core.page_language import language_code
from tests.helpers.prepared_database import (  # noqa: F401  (fixtures)
    django_db_keepdb,
    django_db_modify_db_settings,
    django_db_setup,
)
from tests.helpers.redis_server import redis_port  # noqa: F401  (fixture)

# What must pass for a change to land tries the same examples each time; on a
# developer's machine every run tries others.
# Neither is told that a busy machine makes examples slowly.
_PATIENT = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile(
    "ci", derandomize=True, suppress_health_check=_PATIENT
)
hypothesis.settings.register_profile("local", suppress_health_check=_PATIENT)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_xdist_auto_num_workers():
    """One process more than there are cores: each waits now and then."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser):
    parser.addoption(
        "--cases",
        type=int,
        metavar="N",
        help="run the first N cases of a test, and all of those marked every_case",
    )


def pytest_collection_modifyitems(config, items):
    """Leave out on PostgreSQL what asks no database, which is the same on either."""
    others = set()
    if connection.vendor == "postgresql":
        others = {item for item in items if not _asks_a_database(item)}
    if (most := config.getoption("cases")) is not None:
        seen = Counter()
        for item in items:
            test = item.nodeid.partition("[")[0]
            seen[test] += 1
            if seen[test] > most and not item.get_closest_marker("every_case"):
                others.add(item)
    if others:
        config.hook.pytest_deselected(items=list(others))
        items[:] = [item for item in items if item not in others]


def _asks_a_database(item):
    if item.get_closest_marker("one_database"):
        return False
    has_its_own = {"quality", "deploy"} & set(item.path.parts)
    fixtures = {"db", "transactional_db"} & set(item.fixturenames)
    return has_its_own or fixtures or item.get_closest_marker("django_db")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Uploads of a test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def private_store(settings, tmp_path):
    """What a test keeps private goes to its own folders."""
    own = {
        name: {**settings.STORAGES[name], "OPTIONS": {"location": tmp_path / name}}
        for name in ("private", "applicants")
    }
    settings.STORAGES = {**settings.STORAGES, **own}
    settings.ERASURE_LIST = str(tmp_path / "erasures" / "list")


@pytest.fixture
def moves_at_once(monkeypatch):
    """Delete what a move leaves behind at once: a test's own transaction never ends."""
    monkeypatch.setattr("core.media.private_files.on_commit", lambda done: done())


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    language_code.cache_clear()  # a test's own locale is rolled back without a signal


@pytest.fixture
def at(monkeypatch):
    """``at(instant)`` stops the clock for all that ask Django for the time."""

    def stop(instant):
        monkeypatch.setattr(timezone, "now", lambda: instant)

    return stop


@pytest.fixture(autouse=True)
def queued_mail(settings):
    """E-mails go the way they go in production, and end in ``mail.outbox``.

    Django replaces the setting before tests run.
    """
    settings.EMAIL_BACKEND = "core.mail.EmailBackend"


@pytest.fixture
def commits(django_capture_on_commit_callbacks, monkeypatch):
    """Run what waits for a commit when a request or a ``commits`` block ends.

    A test's own transaction never commits. What is rolled back on the way is dropped,
    as it is in production. A block holds no request: its own end would come twice.
    """

    def commit():
        return django_capture_on_commit_callbacks(execute=True)

    def request(client, **environment):
        with commit():
            return answer(client, **environment)

    answer = Client.request
    monkeypatch.setattr(Client, "request", request)
    return commit


@pytest.fixture
def root(db):
    """The root of the page tree, rebuilt where a transactional test has flushed it."""
    locale, _ = Locale.objects.get_or_create(language_code="en-gb")
    language_code(locale.pk)  # tests count queries, and this one is made once
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    return Page.objects.filter(depth=1).first() or Page.add_root(title="Root")


@pytest.fixture
def home(root):
    """A published front page, at http://localhost/."""
    from tests.helpers.factories import HomePageFactory

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

    from tests.helpers.factories import UserFactory

    def as_role(name, client=client):
        user = UserFactory(is_superuser=name is None)
        if name:
            user.groups.add(Group.objects.get(name=name))
        client.force_login(user)
        client.user = user
        return client

    return as_role


@pytest.fixture(scope="module")
def quick_pictures():
    """For files that look at no picture's file: AVIF takes long to encode."""
    from willow.plugins.pillow import PillowImage

    with pytest.MonkeyPatch.context() as patch:
        for name in ("save_as_avif", "save_as_webp"):
            patch.setattr(PillowImage, name, PillowImage.save_as_jpeg)
        yield
