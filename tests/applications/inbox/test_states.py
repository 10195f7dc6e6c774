"""The states of a form, and what an applicant reads of the one it is in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from applications.inbox.states import rows_by_form, state_of, states_of
from applications.models import Application, ApplicationSettings, ApplicationState
from applications.status.progress import progress


@pytest.fixture
def row(form_page):
    """Makes a state of the form."""

    def make(status, name, **more):
        return ApplicationState.objects.create(
            form=form_page, status=status, name=name, **more
        )

    return make


def test_a_form_without_states_of_its_own_has_one_of_each_kind(form_page):
    states = states_of(form_page)

    assert [state.status for state in states] == list(Application.Status)
    assert states[0].name == "Received"
    assert not ApplicationState.objects.exists()


def test_a_form_with_states_has_those_and_what_every_form_needs(form_page, row):
    row("accepted", "Yes", sort_order=2)
    row("reading", "Interview", sort_order=1)

    names = [state.name for state in states_of(form_page)]

    assert names == ["Received", "Withdrawn", "Interview", "Yes"]


def test_an_application_without_a_state_is_in_the_first_of_its_kind(application, row):
    row("received", "Second", sort_order=2)
    first = row("received", "First", sort_order=1)

    assert state_of(application) == first
    rows = rows_by_form([application.definition.page])
    assert state_of(application, rows) == first


def test_a_status_that_an_earlier_release_wrote_outranks_the_state(application, row):
    application.state = row("reading", "Interview")
    application.status = "closed"

    assert state_of(application).status == "closed"


def test_the_applicant_reads_heading_text_and_day_of_the_state(application, row):
    application.state = row(
        "accepted", "Yes", heading="Welcome", text="Come and see us.", answer_within=3
    )
    application.status = "accepted"
    application.state_since = timezone.now() - timedelta(days=1)

    said = progress(application)

    assert (said.heading, said.text) == ("Welcome", "Come and see us.")
    assert said.by == timezone.localdate() + timedelta(days=2)
    assert not said.is_late
    application.state_since -= timedelta(days=3)
    assert progress(application).is_late


def test_what_a_state_leaves_empty_is_said_as_ever_and_promises_nothing(
    application, row
):
    ApplicationSettings.objects.create(
        site=application.definition.page.get_site(),
        received_text="Thank you.",
        answer_within=5,
    )
    assert progress(application).by
    row("received", "In")

    said = progress(application)

    assert (said.heading, said.text) == ("It has arrived", "Thank you.")
    assert said.by is None
