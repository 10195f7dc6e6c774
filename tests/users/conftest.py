"""Fixtures for tests of signing in."""

import time

import pytest
from config.settings.people import SECOND_FACTOR_PERMISSIONS
from django.contrib.auth.models import Group
from django.test import Client

from home.roles import ADMISSIONS
from tests.helpers.factories import UserFactory
from tests.helpers.signing_in import set_up, sign_in


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """The clock stands still: on a busy machine codes grow old and limits end."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


@pytest.fixture
def required(settings):
    """The second factor is required, as in production."""
    settings.SECOND_FACTOR_PERMISSIONS = SECOND_FACTOR_PERMISSIONS


@pytest.fixture
def member(roles):
    """``member("Editors")`` is somebody in that role; None: a superuser."""

    def make(role, **fields):
        user = UserFactory(is_superuser=role is None, **fields)
        if role:
            user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def officer(member):
    return member(ADMISSIONS, username="officer", email="officer@clinic.example")


@pytest.fixture
def secret(officer):
    """The officer's secret; codes of the next half minute were never used."""
    browser = Client()
    sign_in(browser, "officer")
    secret = set_up(browser)
    officer.refresh_from_db()
    return secret
