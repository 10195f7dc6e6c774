"""Somebody whom a reviewer's words name is forgotten; the review stays."""

import io

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import TaskState

from core.persons.person import Person
from core.persons.registry import registered
from review.models import ReviewRecord
from tests.helpers.factories_review import approve

pytestmark = pytest.mark.django_db
PATIENT = "Grete Halvorsen"


def places(capsys, monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))
    try:
        call_command("prove_erased")
    except CommandError:
        return set(capsys.readouterr().out.split("\n")) - {""}
    return set()


def forget(text):
    person = Person(frozenset(), words=frozenset({text}))
    for kind in registered():
        for item in list(kind.find(person)):
            if not item.by_hand:
                kind.erase(item)


def test_words_of_a_record_and_its_decision_are_struck_out(
    submitted, reviewer, capsys, monkeypatch
):
    record = approve(
        submitted,
        reviewer,
        independence="declared",
        interest=f"Treats {PATIENT}.",
        changes=f"What {PATIENT} had said is out.",
    )
    digest = record.digest
    assert PATIENT in TaskState.objects.get(pk=record.task_state_id).comment

    forget(PATIENT)

    kept = ReviewRecord.objects.get(pk=record.pk)
    assert (kept.changes, kept.interest) == ("", "…")
    assert (kept.digest, kept.name) == (digest, "Ada Quay, MD")
    left = places(capsys, monkeypatch, PATIENT)
    assert not [place for place in left if "review" in place or "taskstate" in place]
