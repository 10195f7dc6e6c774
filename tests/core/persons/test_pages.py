"""The admin's pages: who may, what they see, and that no address names anybody."""

import io
import json
import zipfile

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from core.models import PersonLogEntry, PersonRequest
from core.persons.erasing import ask_for_erasure, open_request
from core.persons.person import Person
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from newsletter.models import Subscriber
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.person import EMAIL, applied, subscribed

pytestmark = pytest.mark.django_db
FIND = "/admin/persons/"


@pytest.fixture(autouse=True)
def own_list(settings, tmp_path):
    settings.ERASURE_LIST = str(tmp_path / "list")


@pytest.fixture
def removed(monkeypatch):
    """A test's own transaction never ends, and no database is rewritten within it."""
    monkeypatch.setattr("core.persons.erasing.remove_traces", lambda: None)


def look_for(client, who, reason="Asked by letter"):
    return client.post(FIND, {"who": who, "reason": reason})


@pytest.mark.parametrize("role", [ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS])
def test_nobody_gets_there_without_the_permission(log_in, role):
    client = log_in(role)
    request = PersonRequest.objects.create(person="x", reason="x")

    for name, args in (
        ("persons", []),
        ("person_request", [request.pk]),
        ("erase_person", [request.pk]),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code in (302, 403), name
        assert "persons" not in answer.headers.get("Location", "")


def test_shows_what_there_is_exports_it_and_erases_it(
    client, home, log_in, commits, removed
):
    application = applied(client, ApplicationFormPageFactory(parent=home))
    subscribed()
    staff = log_in(None)

    answer = look_for(staff, f" {EMAIL.title()} ")
    address = answer["Location"]
    page = staff.get(address)

    assert "quillfeather" not in address.lower()
    html = page.content.decode()
    assert reverse("application:inspect", args=[application.pk]) in html
    assert "Newsletter subscriptions (1)" in html
    assert page.headers["Cache-Control"].count("no-store")
    assert Subscriber.objects.exists(), "finding changes nothing"

    export = b"".join(staff.post(address).streaming_content)
    archive = zipfile.ZipFile(io.BytesIO(export))
    data = json.loads(archive.read("data.json"))
    texts = json.dumps(data)
    assert EMAIL in texts
    assert "Vermilionazole" in texts
    assert EMAIL in archive.read("data.html").decode()
    [name] = {*archive.namelist()} - {"data.json", "data.html"}
    assert archive.read(name).startswith(b"%PDF")

    assert "Tick the box" in staff.post(f"{address}erase/").content.decode()
    assert Subscriber.objects.exists()
    assert staff.post(f"{address}erase/", {"sure": "on"})["Location"] == address
    assert not Subscriber.objects.exists()
    receipt = staff.get(address).content.decode()
    assert "Newsletter subscriptions: 1" in receipt
    assert "This receipt is all that is kept" in receipt
    said = list(PersonLogEntry.objects.order_by("number"))
    assert [entry.action.rpartition(".")[2] for entry in said] == [
        "found",
        "exported",
        "asked",
        "erased",
    ]
    assert {entry.label for entry in said} == {PersonRequest.objects.get().number}
    # A second press of either button does nothing more.
    assert staff.post(f"{address}erase/", {"sure": "on"})["Location"] == address
    assert staff.post(address)["Location"] == address
    assert PersonLogEntry.objects.count() == 4


def test_keeps_what_was_typed_when_no_reason_was_given(log_in):
    answer = look_for(log_in(None), EMAIL, reason="")

    html = answer.content.decode()
    assert EMAIL in html
    assert "Say why" in html
    assert not PersonRequest.objects.exists()


@pytest.mark.parametrize("who", ["@", "clinic", "Walking", "newsletter"])
def test_a_word_that_is_nobody_s_means_nobody(log_in, home, who):
    EmailMessage("A newsletter", "From the clinic @ home", to=[EMAIL]).send()
    home.save_revision(log_action=True)
    home.title = "Walking to the clinic"
    home.save_revision(log_action=True)

    answer = look_for(log_in(None), who)

    if "Location" in answer.headers:
        assert "Nothing was found" in client_page(answer)
    else:
        assert "valid" in answer.content.decode()


def client_page(answer):
    return answer.client.get(answer["Location"]).content.decode()


def test_says_what_to_do_without_a_key(log_in, settings):
    staff = log_in(None)
    settings.FIELD_KEYS = []

    answer = look_for(staff, EMAIL)

    assert answer.status_code == 200
    assert "FIELD_KEYS" in answer.content.decode()


def test_shows_how_far_it_is_until_it_has_finished(log_in):
    request = open_request(Person.typed(EMAIL), "Asked", None)
    ask_for_erasure(request, None)

    page = log_in(None).get(reverse("person_request", args=[request.pk]))

    assert page.headers["Refresh"] == "5"
    assert "under way" in page.content.decode()
    assert "Erase this person" not in page.content.decode()
