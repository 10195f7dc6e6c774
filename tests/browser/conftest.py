"""A real Chromium against a real server, for journeys through the whole site.

The demonstration is loaded once for a module: a test makes what it changes (an article,
an applicant, an address) and relies on nothing that another test made.
"""

import os
import threading
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.core.signals import (
    got_request_exception,
    request_finished,
    request_started,
)
from django.db import connections
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.helpers import chromium
from tests.helpers.chromium import PATIENCE

# Playwright's loop runs in the thread of the tests, which also ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" not in str(item.path):
            continue
        item.add_marker(pytest.mark.browser)
        if chromium.PATH is None and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def some(pytestconfig):
    """Return what a long walk goes through: of all of it, with --cases, each third."""
    step = 1 if pytestconfig.getoption("cases") is None else 3
    return lambda every: list(every)[::step]


@pytest.fixture(scope="session")
def playwright(playwright):
    """Close the connections that were opened while Playwright's loop was running.

    Django keeps those apart from the thread's others, and nobody would find them again
    to close them before the database is removed.
    """
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    assert chromium.PATH, "CI needs a Chromium; install one or set CHROMIUM to its path"
    return {
        **browser_type_launch_args,
        "executable_path": chromium.PATH,
        "args": chromium.ARGUMENTS,
    }


@pytest.fixture(scope="session")
def base_url():
    """In place of a plugin's fixture of a kind that pytest is about to remove."""
    return


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}}


# --- The server ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def uploads(tmp_path_factory):
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(autouse=True)
def private_store(settings, uploads):
    """Pictures of the demonstration stay where they were loaded, for a module."""
    from tests.helpers.demonstration_copy import stored_in

    for name, value in stored_in(uploads).items():
        setattr(settings, name, value)
    settings.VIDEO_PROVIDERS = ["vimeo"]


@pytest.fixture(scope="module")
def transactional_db(django_db_setup, django_db_blocker):
    """A committed database as migrations leave it, with the roles, for a module.

    In place of pytest-django's fixture, which empties the database after every test;
    by this name pytest-django knows that one is needed.
    """
    with django_db_blocker.unblock():
        _start_anew()
        yield
        # As every transactional test leaves it.
        call_command("flush", verbosity=0, interactive=False)


def _start_anew():
    from django.core.cache import cache
    from wagtail.models import Collection, Locale, Page, Site

    from home.roles import create_roles

    # Also makes content types and permissions again.
    call_command("flush", verbosity=0, interactive=False)
    cache.clear()
    Site.clear_site_root_paths_cache()
    Locale.objects.create(language_code="en-gb")
    Collection.add_root(name="Root")
    root = Page.add_root(title="Root", slug="root")
    create_roles()
    _make_workflow(root)


def _make_workflow(root):
    """Have moderators approve, as Wagtail's own migrations do."""
    from django.contrib.auth.models import Group
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

    from home.roles import MODERATORS

    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.set(Group.objects.filter(name=MODERATORS))
    workflow = Workflow.objects.create(name="Moderators approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=root)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    from tests.helpers.demonstration_copy import Demonstration

    return Demonstration(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def demonstration(transactional_db, loaded, uploads, quick_pictures, serve):
    """The whole demonstration site, served at this address."""
    from django.test import override_settings

    from tests.helpers.demonstration_copy import stored_in

    loaded.lay_out(uploads)
    with override_settings(**stored_in(uploads)), serve() as url:
        yield url


@pytest.fixture(scope="session")
def serve():
    """A context in which the database is served, at the address that it yields."""
    return _serve


@contextmanager
def _serve():
    from wagtail.models import Site

    requests_under_way = RequestsUnderWay()
    server = LiveServer("localhost")
    try:
        site = Site.objects.get(is_default_site=True)
        site.hostname, site.port = server.thread.host, server.thread.port
        site.save()
        call_command("update_index", verbosity=0)
        yield server.url
    finally:
        server.stop()
        requests_under_way.settle()


class RequestsUnderWay:
    """Counts what the server's threads still do.

    A window that is closed leaves its last requests behind, and no database can be
    emptied or removed under them.
    """

    def __init__(self):
        self.changed = threading.Condition()
        self.count = 0
        request_started.connect(self.begin)
        request_finished.connect(self.end)

    def begin(self, **kwargs):
        with self.changed:
            self.count += 1

    def end(self, **kwargs):
        with self.changed:
            self.count -= 1
            self.changed.notify_all()

    def settle(self):
        with self.changed:
            assert self.changed.wait_for(
                lambda: self.count <= 0, timeout=PATIENCE / 1000
            ), f"{self.count} requests never ended"


@pytest.fixture(autouse=True)
def server_errors(request):
    """Whatever goes wrong on the server fails the test that made it."""
    errors = []

    def note(sender, request=None, **kwargs):
        errors.append(f"{request.method} {request.path}" if request else str(sender))

    got_request_exception.connect(note)
    yield errors
    got_request_exception.disconnect(note)
    assert errors == []


# --- The people ---------------------------------------------------------------------


@pytest.fixture
def account(demonstration):
    """``account("Editors")`` makes somebody in that role, with password "password"."""
    from django.contrib.auth.models import Group

    from tests.helpers.factories import UserFactory

    def make(role):
        user = UserFactory()
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def patient(context):
    """The test's own browser window waits as long as a busy machine needs."""
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def staff(browser, browser_context_args, account, demonstration):
    """``staff("Editors")`` is a window in which somebody of that role has logged in."""
    from django.conf import settings
    from django.test import Client

    from tests.browser.editor import watch_edits

    contexts, failures = [], []

    def log_in(role):
        user = account(role)
        context = browser.new_context(**browser_context_args, base_url=demonstration)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(watch_edits)
        context.on("weberror", lambda error: failures.append(str(error.error)))
        # The form itself is filled in where signing in is what a test is about.
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies(
            [{"name": session.key, "value": session.value, "url": demonstration}]
        )
        page = context.new_page()
        page.user = user
        return page

    yield log_in
    for context in contexts:
        context.close()
    assert failures == [], "scripts of the admin failed"
