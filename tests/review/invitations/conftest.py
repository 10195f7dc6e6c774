"""Fixtures of the tests of invited reviews."""

import pytest
from django.contrib.auth.models import Group

from home.roles import MODERATORS
from people.models import Credential
from review.models import CredentialCheck, Invitation
from tests.helpers.factories import PersonPageFactory, UserFactory

ADDRESS = "grace@example.org"


@pytest.fixture
def guest(people):
    """A clinician with a profile, and without an account."""
    person = PersonPageFactory(parent=people, title="Grace Hill")
    named = {"name": "Registration in neurology", "awarded_by": "Medical register"}
    Credential.objects.create(person=person, is_clinical=True, **named)
    CredentialCheck.objects.create(person=person, checked_by=UserFactory(), **named)
    return person


@pytest.fixture
def inviter(roles):
    user = UserFactory(username="inviter")
    user.groups.add(Group.objects.get(name=MODERATORS))
    return user


@pytest.fixture
def link(submitted, guest, inviter):
    """The path of a link to the submitted draft."""
    state = submitted.current_workflow_task_state
    _it, token = Invitation.objects.issue(submitted, state, guest, ADDRESS, inviter)
    return f"/review/with/{token}/"
