"""How long applications are kept, and what applicants are told of it."""

import os
import signal
from datetime import datetime, timedelta
from io import StringIO

import pytest
from config.durable_storage import DurableStorage
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from applications.admissions.retention import months_before
from applications.models import Answer, Application, Upload
from tests.helpers.children import in_a_child
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    questions,
    send,
)
from tests.helpers.factories_steps import SteppedFormPageFactory, soup_of, walk
from tests.helpers.person import applied


@pytest.mark.parametrize(
    ("moment", "months", "earlier"),
    [
        ("2026-07-15", 6, "2026-01-15"),
        ("2026-01-31", 2, "2025-11-30"),
        ("2028-03-31", 1, "2028-02-29"),
        ("2026-12-01", 12, "2025-12-01"),
        ("2026-12-01", 240, "2006-12-01"),
    ],
)
def test_months_are_those_of_the_calendar(moment, months, earlier):
    assert months_before(datetime.fromisoformat(moment), months) == (
        datetime.fromisoformat(earlier)
    )


class TestCommand:
    @pytest.fixture
    def form_page(self, home):
        return ApplicationFormPageFactory(parent=home, retention_months=1)

    def test_deletes_what_has_been_kept_for_as_long_as_was_said(
        self, client, form_page
    ):
        send(client, form_page)
        Application.objects.update(submitted_at=timezone.now() - timedelta(days=32))
        client.cookies.clear()
        send(client, form_page)

        call_command("delete_due_applications")

        kept = Application.objects.get()
        assert kept.submitted_at > timezone.now() - timedelta(days=1)
        assert set(Answer.objects.values_list("application", flat=True)) == {kept.pk}

    def test_keeps_to_what_was_said_when_it_was_sent(self, client, form_page):
        form_page.retention_months = 12
        form_page.save()
        send(client, form_page)
        Application.objects.update(submitted_at=timezone.now() - timedelta(days=99))
        form_page.retention_months = 1
        form_page.save()

        call_command("delete_due_applications")

        assert Application.objects.exists()

    def test_keeps_what_came_by_a_form_without_a_period(self, client, home):
        asked = questions("short_text", "email")
        form_page = ApplicationFormPageFactory(
            parent=home, questions=asked, retention_months=None
        )
        send(client, form_page)
        Application.objects.update(submitted_at=timezone.now() - timedelta(days=9999))

        call_command("delete_due_applications")

        assert Application.objects.exists()


class TestTerms:
    SENTENCES = (
        "What your answers are for: To decide whether treatment can help you.",
        "We delete them 6 months after they have arrived.",
    )

    def test_stand_above_the_button_of_a_form_on_one_page(self, client, home):
        html = client.get(ApplicationFormPageFactory(parent=home).url)

        text = soup_of(html).select_one("form.form").text
        assert all(sentence in text for sentence in self.SENTENCES)

    def test_stand_where_storing_begins_and_on_the_review(self, client, home):
        form_page = SteppedFormPageFactory(parent=home)
        walk(client, form_page)

        for address, is_told in (
            ("step/1/", False),
            ("step/2/", True),
            ("step/3/", False),
            ("review/", True),
        ):
            text = soup_of(client.get(form_page.url + address)).select_one("main").text
            for sentence in self.SENTENCES:
                assert (sentence in text) is is_told, address


@pytest.mark.django_db(transaction=True)
class TestNights:
    @pytest.fixture
    def due(self, client, home):
        form_page = ApplicationFormPageFactory(parent=home, retention_months=1)
        due = [applied(client, form_page, f"{n}@example.org") for n in range(3)]
        Application.objects.update(submitted_at=timezone.now() - timedelta(days=400))
        return due

    def files(self):
        store = storages["applicants"]
        folders = store.listdir("")[0]
        return [name for each in folders for name in store.listdir(each)[1]]

    def test_a_dry_run_counts_and_deletes_nothing(self, due, capsys):
        call_command("delete_due_applications", "--dry-run")

        assert "Applications due: 3" in capsys.readouterr().out
        assert Application.objects.count() == len(self.files()) == 3

    def test_catches_up_and_says_what_it_did(self, due, capsys):
        call_command("delete_due_applications")

        said = capsys.readouterr().out
        for line in ("Applications deleted: 3", "Answers deleted: 30", "Files deleted"):
            assert line in said
        assert not Answer.objects.exists()
        assert not self.files()

    def test_one_that_cannot_be_deleted_harms_no_neighbour(
        self, due, capsys, monkeypatch
    ):
        broken = str(due[1].uploads.get().stored_name)
        delete = DurableStorage.delete

        def refuse(self, name):
            if name == broken:
                raise OSError
            delete(self, name)

        monkeypatch.setattr(DurableStorage, "delete", refuse)
        with pytest.raises(CommandError, match="1 could not be deleted"):
            call_command("delete_due_applications")

        assert Application.objects.get() == due[1]
        assert due[1].answers.count() == 10
        monkeypatch.undo()
        call_command("delete_due_applications")
        assert not Application.objects.exists()

    def test_killed_half_way_it_leaves_nothing_that_the_next_run_does_not_find(
        self, due
    ):
        calls = 0
        delete = Application.delete

        def die(self, *args, **kwargs):
            nonlocal calls
            calls += 1
            if calls == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return delete(self, *args, **kwargs)

        def work():
            Application.delete = die
            call_command("delete_due_applications", stdout=StringIO())

        assert in_a_child(work) == -signal.SIGKILL
        assert Application.objects.count() == 2
        assert len(self.files()) == 1, "the file of the second went before its row"

        call_command("delete_due_applications", stdout=StringIO())

        assert not Application.objects.exists()
        assert not Upload.objects.exists()
        assert not self.files()
