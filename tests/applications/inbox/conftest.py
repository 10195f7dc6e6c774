"""An application that has arrived, and two officers who work on it."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from applications.models import Application
from home.roles import ADMISSIONS
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory, send


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def application(client, form_page, commits):
    send(client, form_page)
    mail.outbox.clear()
    return Application.objects.get()


@pytest.fixture
def officers(roles, application):
    """Two admissions officers."""
    users = [
        UserFactory(first_name="Ada", last_name="Curlew"),
        UserFactory(first_name="Bela", last_name="Dunlin"),
    ]
    for user in users:
        user.groups.set(Group.objects.filter(name=ADMISSIONS))
    return users
