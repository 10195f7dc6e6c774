"""An application, an officer's browser, and its applicant's."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client

from applications.models import Application
from home.roles import ADMISSIONS
from tests.helpers.access_links import open_status
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory, send


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def application(client, form_page, commits):
    send(client, form_page)
    return Application.objects.get()


@pytest.fixture
def applicant(application):
    """A browser in which the status page is open."""
    visitor = Client(headers={"host": "localhost"})
    open_status(visitor)
    mail.outbox.clear()
    return visitor


@pytest.fixture
def officer(roles):
    """Return a function that makes an officer with a browser, by a first name."""

    def sign_in(name):
        user = UserFactory(first_name=name, last_name="Curlew")
        user.groups.set(Group.objects.filter(name=ADMISSIONS))
        browser = Client(headers={"host": "localhost"})
        browser.force_login(user)
        browser.user = user
        return browser

    return sign_in


@pytest.fixture
def ada(officer):
    return officer("Ada")


@pytest.fixture
def bela(officer):
    return officer("Bela")
