"""Notes: encrypted, one's own to correct, gone with the application, never lost."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse

from applications.models import Application, ApplicationLogEntry
from applications.models.notes import ApplicationNote

WORDS = "Call after five, <b>quietly</b>"


@pytest.fixture
def officer(officers):
    officer = Client(headers={"host": "localhost"})
    officer.force_login(officers[0])
    return officer


@pytest.fixture
def note(officer, application):
    officer.post(notes_of(application), {"text": WORDS})
    return ApplicationNote.objects.get()


def notes_of(application):
    return reverse("application:notes", args=[application.pk])


def typed_in(page):
    soup = BeautifulSoup(page.content, "html.parser")
    return soup.find("textarea", {"name": "text"}).text.strip()


def test_is_read_by_colleagues_with_its_author_and_logged_without_words(
    officer, application, note
):
    page = officer.get(reverse("application:inspect", args=[application.pk]))

    html = page.content.decode()
    assert "Call after five, &lt;b&gt;quietly" in html
    assert "Ada Curlew" in html
    entry = ApplicationLogEntry.objects.get(action="applications.note")
    assert entry.data == {}
    assert entry.object_id == str(application.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applications_applicationnote")
        assert "quietly" not in str(cursor.fetchall())


def test_is_corrected_by_its_author_alone(officer, officers, note):
    url = reverse("application:note", args=[note.pk])
    other = Client(headers={"host": "localhost"})
    other.force_login(officers[1])
    posted = {"text": "Call after six", "version": "1"}

    assert other.get(url).status_code == 404
    assert other.post(url, posted).status_code == 404
    assert typed_in(officer.get(url)) == WORDS
    officer.post(url, posted)

    note = ApplicationNote.objects.get()
    assert (note.text, note.version) == ("Call after six", 2)
    assert note.corrected_at
    entry = ApplicationLogEntry.objects.get(action="applications.note_corrected")
    assert entry.data == {}


def test_of_two_tabs_the_second_sees_both_and_overwrites_nothing(officer, note):
    url = reverse("application:note", args=[note.pk])
    officer.post(url, {"text": "From the first tab", "version": "1"})

    page = officer.post(url, {"text": "From the second tab", "version": "1"})

    assert page.status_code == 409
    assert "From the first tab" in page.content.decode()
    assert typed_in(page) == "From the second tab"
    assert ApplicationNote.objects.get().text == "From the first tab"
    officer.post(url, {"text": typed_in(page), "version": "2"})
    assert ApplicationNote.objects.get().text == "From the second tab"


@pytest.mark.parametrize("reason", ["long", "keyless", "gone"])
def test_what_was_typed_stands_there_again(officer, application, settings, reason):
    url = notes_of(application)
    text = "x" * 5001 if reason == "long" else WORDS
    if reason == "keyless":
        settings.FIELD_KEYS = []
    elif reason == "gone":
        application.delete()

    page = officer.post(url, {"text": text})

    assert page.status_code in {404, 409, 422}
    assert typed_in(page) == text
    assert not ApplicationNote.objects.exists()


def test_without_words_is_asked_for_some(officer, application):
    page = officer.post(notes_of(application), {"text": " "})

    assert "Write something." in page.content.decode()


def test_goes_with_its_application(application, note):
    Application.objects.filter(pk=application.pk).delete()

    assert not ApplicationNote.objects.exists()


def test_that_cannot_be_read_says_so_and_hides_nothing_else(
    officer, application, note, settings
):
    officer.post(notes_of(application), {"text": "Another"})
    with connection.cursor() as cursor:
        statement = "UPDATE applications_applicationnote SET text = 'x' WHERE uuid = %s"
        pk = note.pk if connection.vendor == "postgresql" else note.pk.hex
        cursor.execute(statement, [pk])

    page = officer.get(reverse("application:inspect", args=[application.pk]))

    assert page.status_code == 200
    assert "Another" in page.content.decode()


def test_by_two_presses_of_one_button_is_one(officer, application):
    posted = {"text": WORDS, "key": str(uuid4())}

    for _ in range(2):
        assert officer.post(notes_of(application), posted).status_code == 302

    assert ApplicationNote.objects.count() == 1
