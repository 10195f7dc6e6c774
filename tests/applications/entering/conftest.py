"""An officer who enters applications for people who called or wrote."""

import pytest
from django.utils.timezone import localdate

from applications.applying.steps import reviewing
from home.roles import ADMISSIONS
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_steps import SteppedFormPageFactory

ENTER = "/admin/applications/enter/"


@pytest.fixture(autouse=True)
def as_fast_as_people_are_not(monkeypatch):
    """Officers are not asked whether they are programs, however fast they are."""
    monkeypatch.setattr(reviewing, "FASTEST", 10_000)


@pytest.fixture
def one_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def stepped(home):
    return SteppedFormPageFactory(parent=home, slug="steps")


@pytest.fixture
def officer(log_in):
    return log_in(ADMISSIONS)


@pytest.fixture
def begin(officer):
    """Open a form to enter an application; return where that leads."""

    def begin(page, **more):
        chosen = {
            "form": page.pk,
            "channel": "telephone",
            "received_on": localdate().isoformat(),
            "consent_given": "read_out",
        }
        return officer.post(ENTER, chosen | more)

    return begin
