"""What a shell and the nightly run can do, without an address in any argument."""

import io
import re
import sys
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.models import PersonRequest
from core.persons.erasing import ask_for_erasure, open_request
from core.persons.erasure_list import ERASED, ErasureList
from core.persons.person import EMAIL as AN_EMAIL
from core.persons.person import Person, name
from newsletter.models import Subscriber
from tests.helpers.person import EMAIL, NEIGHBOUR, subscribed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_list(settings, tmp_path, monkeypatch):
    settings.ERASURE_LIST = str(tmp_path / "list")
    # A test's own transaction never ends, and no database is rewritten within it.
    monkeypatch.setattr("core.persons.erasing.remove_traces", lambda: None)


def test_finds_exports_and_erases(capsys, monkeypatch):
    subscribed(), subscribed(NEIGHBOUR)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{EMAIL}\nBy letter\n"))

    call_command("find_person")
    said = capsys.readouterr().out
    assert PersonRequest.objects.get().reason == "By letter"
    number = re.search(r"Request (P-\w+)", said)[1]
    assert "Newsletter subscriptions: 1" in said
    assert EMAIL not in said

    with monkeypatch.context() as patch:
        written = io.BytesIO()
        patch.setattr(sys, "stdout", io.TextIOWrapper(written, write_through=True))
        call_command("export_person", number)
        assert EMAIL in zipfile.ZipFile(written).read("data.json").decode()

    monkeypatch.setattr("builtins.input", lambda asked: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_person", number)
    assert Subscriber.objects.count() == 2

    call_command("erase_person", number, "--yes")
    call_command("erase_person", number, "--yes")
    assert Subscriber.objects.get().email == NEIGHBOUR
    assert capsys.readouterr().out.count("subscriptions 1; erased") == 2


def test_refuses_what_is_nobody(monkeypatch):
    for typed, sentence in (
        ("\n", "standard input"),
        ("ada@\nAsked", "valid"),
        (f"{EMAIL}\n \n", "why"),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(CommandError, match=sentence):
            call_command("find_person")
    with pytest.raises(CommandError, match="no such request"):
        call_command("erase_person", "P-0")


def test_a_night_finishes_what_was_interrupted(capsys, commits):
    subscribed(), subscribed(NEIGHBOUR)
    interrupted = open_request(Person.typed(EMAIL), "Asked", None)
    ask_for_erasure(interrupted, None)
    old = open_request(Person.typed(NEIGHBOUR), "Asked", None)
    recent = open_request(Person.typed(NEIGHBOUR), "Asked", None)
    PersonRequest.objects.filter(pk=old.pk).update(
        opened_at=timezone.now() - timedelta(days=31)
    )
    left = Subscriber.objects.get(email=NEIGHBOUR)
    left.unsubscribe()  # within the test's transaction, so that nothing was noted

    call_command("erase_person", "--unfinished")
    call_command("erase_person", "--unfinished")

    said = capsys.readouterr().out
    assert said.count(f"{interrupted.number}: subscriptions 1; erased") == 1
    assert said.count("forgotten whom") == 1
    assert "Put on the erasure list: 1" in said
    assert "Put on the erasure list: 0" in said
    assert Subscriber.objects.get() == left
    kept = PersonRequest.objects.filter(person__isnull=False)
    assert kept.get() == recent
    known = ErasureList().known()
    assert known.when(ERASED, name(AN_EMAIL, EMAIL))
    assert known.when("newsletter.ended", name(AN_EMAIL, NEIGHBOUR))


def test_one_that_fails_holds_up_no_other(capsys, monkeypatch):
    subscribed(), subscribed(NEIGHBOUR)
    for email in (EMAIL, NEIGHBOUR):
        ask_for_erasure(open_request(Person.typed(email), "Asked", None), None)
    delete = Subscriber.delete

    def refuse(self, *args, **kwargs):
        if self.email == EMAIL:
            raise OSError(EMAIL)
        return delete(self, *args, **kwargs)

    monkeypatch.setattr(Subscriber, "delete", refuse)
    with pytest.raises(CommandError, match="1 not finished"):
        call_command("erase_person", "--unfinished")

    said = capsys.readouterr()
    assert Subscriber.objects.get().email == EMAIL
    assert EMAIL not in said.out + said.err


def test_without_a_list_a_restored_database_is_said_not_to_be_clean(tmp_path):
    with pytest.raises(CommandError, match="no erasure list"):
        call_command("redo_erasures", f"--list={tmp_path / 'none'}")
