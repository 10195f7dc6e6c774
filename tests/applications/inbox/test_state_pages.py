"""Naming, ordering, adding and removing the states of a form in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse

from applications.inbox.form_settings.state_forms import begin_with_the_usual
from applications.inbox.states import state_of
from applications.models import Application, ApplicationState
from home.roles import ADMISSIONS


@pytest.fixture
def officer(log_in, form_page):
    begin_with_the_usual(form_page)
    return log_in(ADMISSIONS)


@pytest.fixture
def url(form_page):
    return reverse("application:states", args=[form_page.pk])


def typed(page):
    """Return what the page's form holds, as a browser would post it."""
    soup = BeautifulSoup(page.content, "html.parser")
    form = soup.find("input", {"name": "seen"}).find_parent("form")
    posted = {
        field["name"]: field.get("value", "")
        for field in form.find_all("input")
        if field.get("type") != "checkbox"
    }
    posted |= {field["name"]: field.text.lstrip() for field in form("textarea")}
    for select in form("select"):
        chosen = select.find("option", selected=True)
        posted[select["name"]] = chosen["value"] if chosen else ""
    return posted


def row(posted, name):
    """Return the prefix of the row with this name, "" of the empty one."""
    fields = [key for key in posted if key.endswith("-name") and posted[key] == name]
    return fields[0].removesuffix("name")


def test_a_form_begins_with_the_usual_states(log_in, form_page, url):
    officer = log_in(ADMISSIONS)

    for _ in range(2):
        page = officer.post(url, {"usual": "1"}, follow=True)

    assert page.status_code == 200
    kinds = ApplicationState.objects.values_list("status", flat=True)
    assert list(kinds) == list(Application.Status)


def test_states_are_renamed_reordered_added_and_removed(officer, form_page, url):
    posted = typed(officer.get(url))
    asked, closed = row(posted, "More asked"), row(posted, "Closed without a decision")
    new = row(posted, "")
    posted |= {
        f"{asked}name": "Question",
        f"{asked}sort_order": "0",
        f"{closed}DELETE": "on",
        f"{new}name": "Interview",
        f"{new}status": "reading",
        f"{new}answer_within": "7",
    }

    page = officer.post(url, posted, follow=True)

    assert "The states were saved." in page.content.decode()
    states = list(form_page.states.values_list("name", "sort_order"))
    assert states[0] == ("Question", 1)
    assert states[-1] == ("Interview", len(states))
    assert "Closed without a decision" not in dict(states)


@pytest.mark.parametrize("name", ["Received", "Withdrawn"])
def test_what_applications_come_into_by_themselves_is_not_removed(officer, url, name):
    posted = typed(officer.get(url))
    posted[f"{row(posted, name)}DELETE"] = "on"

    page = officer.post(url, posted)

    assert f"needs a state of the kind “{name}”" in page.content.decode()
    assert ApplicationState.objects.filter(name=name).exists()


def test_a_state_in_use_is_kept_and_keeps_its_kind(log_in, application, url, form_page):
    begin_with_the_usual(form_page)
    state = form_page.states.get(status="accepted")
    Application.objects.update(status="accepted", state=state)
    officer = log_in(ADMISSIONS)
    posted = typed(officer.get(url))
    accepted = row(posted, "Accepted")

    removed = officer.post(url, posted | {f"{accepted}DELETE": "on"})
    turned = officer.post(url, posted | {f"{accepted}status": "declined"})

    assert "“Accepted” was not removed" in removed.content.decode()
    assert "it keeps its kind" in turned.content.decode()
    state.refresh_from_db()
    assert state.status == "accepted"


def test_of_two_officers_the_second_overwrites_nothing_and_loses_nothing(officer, url):
    first, second = typed(officer.get(url)), typed(officer.get(url))
    first[f"{row(first, 'Accepted')}name"] = "Yes"
    first[f"{row(first, 'Declined')}DELETE"] = "on"
    second[f"{row(second, 'Accepted')}name"] = "Welcome"
    officer.post(url, first)

    page = officer.post(url, second)

    html = page.content.decode()
    assert "somebody has changed the states meanwhile" in html
    assert "A colleague has removed this state" in html
    assert ApplicationState.objects.filter(name="Yes").exists()
    again = typed(page)
    again[f"{row(again, 'Declined')}DELETE"] = "on"
    officer.post(url, again)
    assert ApplicationState.objects.filter(name="Welcome").exists()


def test_it_takes_the_right_to_states_and_to_decide_about_the_form(
    log_in, form_page, url, client
):
    officer = log_in(ADMISSIONS)
    officer.user.groups.get().permissions.remove(
        Permission.objects.get(codename="change_applicationstate")
    )
    assert officer.get(url).status_code in {302, 403}

    officer.user.user_permissions.add(
        Permission.objects.get(codename="change_applicationstate")
    )
    assert officer.get(url).status_code == 200
    form_page.readers.clear()
    stranger = log_in(ADMISSIONS)
    stranger.user.groups.clear()
    stranger.user.user_permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "change_applicationstate"]
        )
    )
    assert stranger.get(url).status_code == 404
    assert (
        "Apply for"
        not in stranger.get(reverse("application:state_forms")).content.decode()
    )


def test_another_order_leaves_applications_where_their_applicants_see_them(
    log_in, application, url, form_page
):
    begin_with_the_usual(form_page)
    officer = log_in(ADMISSIONS)
    posted = typed(officer.get(url))
    new = row(posted, "")
    posted |= {
        f"{new}name": "Waiting",
        f"{new}status": "received",
        f"{new}sort_order": "0",
    }

    officer.post(url, posted)

    assert form_page.states.first().name == "Waiting"
    assert state_of(Application.objects.get()).name == "Received"


def test_a_state_that_applications_are_in_unsaid_is_not_removed(
    log_in, application, url, form_page
):
    begin_with_the_usual(form_page)
    Application.objects.update(status="accepted", state=None)
    officer = log_in(ADMISSIONS)
    posted = typed(officer.get(url))
    posted[f"{row(posted, 'Accepted')}DELETE"] = "on"

    page = officer.post(url, posted)

    assert "“Accepted” was not removed" in page.content.decode()
