"""Who has an application, and until when; and two officers who do it at once."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from applications.models import Application, ApplicationLogEntry
from applications.status import acts
from home.roles import EDITORS
from tests.helpers.factories import UserFactory


@pytest.fixture
def browsers(officers):
    """A browser for each officer."""
    browsers = []
    for user in officers:
        browser = Client(headers={"host": "localhost"})
        browser.force_login(user)
        browsers.append(browser)
    return browsers


def act(browser, name, application, version=1, **posted):
    url = reverse(f"application:{name}", args=[application.pk])
    return browser.post(url, {"version": str(version), **posted}, follow=True)


def text_of(page):
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())


def test_it_is_taken_given_and_given_to_nobody_and_that_is_logged(
    application, officers, browsers
):
    ada, bela = officers
    act(browsers[0], "give", application, to=ada.pk)
    assert Application.objects.get().assignee == ada
    act(browsers[0], "give", application, 2, to=bela.pk)
    page = act(browsers[0], "give", application, 3, to="")

    assert "is now with nobody." in text_of(page)
    assert Application.objects.get().assignee is None
    entries = ApplicationLogEntry.objects.filter(action="applications.assign")
    assert [entry.message for entry in entries.order_by("number")] == [
        "Gave it to Ada Curlew",
        "Gave it to Bela Dunlin",
        "Gave it to nobody",
    ]


def test_it_is_given_to_those_alone_who_read_it(application, officers, browsers):
    stranger = UserFactory(first_name="Nora", last_name="Stranger")
    page = browsers[0].get(reverse("application:give_to", args=[application.pk]))

    response = act(browsers[0], "give", application, to=stranger.pk)

    assert "Bela Dunlin" in text_of(page)
    assert "Nora" not in text_of(page)
    assert response.status_code == 400
    assert Application.objects.get().assignee is None


def test_a_day_is_set_and_taken_away_and_what_is_none_is_named(application, browsers):
    act(browsers[0], "due", application, due="2031-05-03")
    assert Application.objects.get().due_on == date(2031, 5, 3)

    page = act(browsers[0], "due", application, 2, due="3 May")

    assert "“3 May” is no day" in text_of(page)
    act(browsers[0], "due", application, 2, due="")
    assert Application.objects.get().due_on is None


@pytest.mark.parametrize(
    ("name", "first", "second", "wanted"),
    [
        ("status", {"state": "accepted"}, {"state": "declined"}, "“Declined”"),
        ("due", {"due": "2031-05-03"}, {"due": "2032-05-03"}, "2032"),
        ("give", {"to": ""}, {"to": ""}, "Give it to nobody"),
    ],
)
def test_of_two_officers_the_second_sees_both_and_decides_again(
    application, browsers, officers, name, first, second, wanted
):
    if name == "give":
        first = {"to": str(officers[0].pk)}
    act(browsers[0], name, application, **first)
    before = Application.objects.values().get()

    page = act(browsers[1], name, application, **second)

    assert page.status_code == 409
    assert "Ada Curlew changed it on" in text_of(page)
    assert wanted in text_of(page)
    assert Application.objects.values().get() == before
    soup = BeautifulSoup(page.content, "html.parser")
    form = soup.find("button", string="Do it all the same").find_parent("form")
    posted = {each["name"]: each["value"] for each in form("input")}
    url = reverse(f"application:{name}", args=[application.pk])
    assert browsers[1].post(url, posted).status_code == 302
    assert Application.objects.get().version == 3


@pytest.mark.parametrize(
    ("name", "posted"),
    [("due", {"due": "2031-05-03"}), ("undo", {}), ("status", {"state": "asked"})],
)
def test_two_presses_of_one_button_are_one(application, browsers, name, posted):
    version = 1
    if name == "undo":
        act(browsers[0], "status", application, state="accepted")
        version = 2

    pages = [act(browsers[0], name, application, version, **posted) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert Application.objects.get().version == version + 1


def test_nothing_is_done_with_what_was_withdrawn(application, browsers, officers):
    acts.withdraw(application)

    for name, posted in (
        ("give", {"to": officers[0].pk}),
        ("due", {"due": "2031-05-03"}),
        ("undo", {}),
    ):
        page = act(browsers[0], name, application, 2, **posted)
        assert "The applicant has withdrawn" in text_of(page)
    assert Application.objects.get().version == 2


@pytest.mark.parametrize("name", ["give", "due", "undo", "notes", "status"])
def test_others_change_nothing_and_learn_nothing(application, log_in, name):
    editor = log_in(EDITORS)

    url = reverse(f"application:{name}", args=[application.pk])
    response = editor.post(url, {"version": "1", "due": "2031-05-03", "text": "x"})

    assert response.status_code in {302, 403}
    assert application.reference not in response.content.decode()
    assert Application.objects.get().version == 1


def test_an_officer_who_leaves_leaves_applications_behind(application, officers):
    Application.objects.update(assignee=officers[0])

    officers[0].delete()

    assert Application.objects.get().assignee is None
