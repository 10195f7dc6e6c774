"""What looked automatic and is no spam: staff say so, and take it back."""

import pytest
from django.core import mail
from django.urls import reverse

from applications.applying.tokens import FormToken
from applications.models import Application, ApplicationLogEntry
from home.roles import ADMISSIONS, EDITORS
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    send,
    token_in,
)
from tests.helpers.factories_steps import soup_of

REASON = "It was faster than people answer"
INDEX = reverse("application:index")


@pytest.fixture
def application(client, home):
    """One that looked automatic twice."""
    page = ApplicationFormPageFactory(parent=home)
    first = send(client, page, age=0)
    send(client, page, token=FormToken.read(token_in(first)))
    return Application.objects.get()


@pytest.fixture
def address(application):
    return reverse("application:spam", args=[application.pk])


def listed(client, **query):
    return soup_of(client.get(INDEX, query)).select_one("table.listing").text


def test_takes_the_mark_away_and_gives_it_back(log_in, application, address):
    officer = log_in(ADMISSIONS)
    inspect = reverse("application:inspect", args=[application.pk])
    assert REASON in listed(officer)
    assert "This is not spam" in officer.get(inspect).content.decode()

    officer.post(address)
    assert REASON not in listed(officer)
    assert "Mark it again" in officer.get(inspect).content.decode()

    officer.post(address, {"undo": "1"})
    assert REASON in listed(officer)


def test_is_recorded_once_without_content(log_in, application, address):
    officer = log_in(ADMISSIONS)

    for _ in range(2):
        officer.post(address)

    (entry,) = ApplicationLogEntry.objects.filter(action="applications.vouch")
    assert entry.user == officer.user
    assert entry.data == {"is_vouched": True}
    assert str(entry.formatter.format_message(entry)) == "Said that it is no spam"


def test_sends_what_was_held_back_once(log_in, application, address, commits):
    officer = log_in(ADMISSIONS)
    assert not mail.outbox

    for more in ({}, {"undo": "1"}, {}):
        officer.post(address, more)

    (message,) = mail.outbox
    assert message.to == ["ada@example.org"]
    assert application.reference in message.body


def test_its_applicant_can_ask_for_a_new_link(client, application, commits):
    Application.objects.update(is_vouched=True)

    client.post("/applications/link/new/", {"email": "ada@example.org"})

    assert [message.to for message in mail.outbox] == [["ada@example.org"]]


def test_the_list_is_filtered_by_it(log_in, application):
    officer = log_in(ADMISSIONS)

    assert application.reference in listed(officer, is_vouched="false")
    Application.objects.update(is_vouched=True)
    assert application.reference in listed(officer, is_vouched="true")


def test_there_is_nothing_to_say_of_one_without_a_mark(log_in, application, address):
    Application.objects.update(suspicion="")

    assert log_in(ADMISSIONS).post(address).status_code == 404


def test_needs_the_right_to_change_it(log_in, application, address):
    log_in(EDITORS).post(address)

    assert not Application.objects.get().is_vouched
