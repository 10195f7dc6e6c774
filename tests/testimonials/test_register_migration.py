"""Consents from before the register cover what they covered."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.models import LogEnd
from testimonials.consent import documents
from testimonials.consent.recording import LOOKED, record
from testimonials.models import Consent
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    ConsentWordingFactory,
    SubjectFactory,
)

KEEP = import_module("testimonials.migrations.0015_keep_films_covered")


@pytest.fixture
def before(db):
    """A consent to photographs, which meant films too, and one to the story alone."""
    LogEnd.objects.filter(log="testimonials.ConsentLogEntry").delete()
    subject = SubjectFactory(consented=False)
    old = {"scope_video": False, "scope_voice": False, "subject": subject}
    return (
        ConsentFactory(scope_photograph=True, **old),
        ConsentFactory(scope_photograph=False, **old),
    )


def allowed(consent):
    return Consent.objects.get(pk=consent.pk).allowed()


def test_a_consent_to_photographs_goes_on_covering_films(before):
    pictured, told = before

    KEEP.forwards(apps, None)

    assert allowed(pictured) == ["medical detail", "photograph", "video", "voice"]
    assert allowed(told) == ["medical detail"]
    assert LogEnd.objects.get(log="testimonials.ConsentLogEntry").is_sealed


def test_going_back_shows_no_film_that_nobody_allows(before):
    pictured, _told = before
    KEEP.forwards(apps, None)
    Consent.objects.filter(pk=pictured.pk).update(scope_voice=False)

    KEEP.backwards(apps, None)

    assert not Consent.objects.get(pk=pictured.pk).scope_photograph
    assert not LogEnd.objects.filter(log="testimonials.ConsentLogEntry").exists()


def test_what_has_ended_stays_as_it_was(before):
    pictured, _told = before
    Consent.objects.update(withdrawn_at=timezone.now())

    KEEP.forwards(apps, None)

    assert allowed(pictured) == ["medical detail", "photograph"]


def test_going_back_publishes_nothing_that_was_for_print_alone(before):
    pictured, told = before
    wording = ConsentWordingFactory(version="2026-11")
    Consent.objects.filter(pk=pictured.pk).update(
        channel_website=False, channel_print=True, scope_name=True
    )
    Consent.objects.filter(pk=told.pk).update(wording=wording, wording_version="")

    KEEP.backwards(apps, None)

    assert allowed(pictured) == []
    assert allowed(told) == ["medical detail"]
    told.refresh_from_db()
    assert told.wording_version == "2026-11"


def test_going_back_and_forward_again_leaves_the_log_whole(before):
    pictured, _told = before
    KEEP.forwards(apps, None)
    record([pictured], LOOKED, None)

    KEEP.backwards(apps, None)
    KEEP.forwards(apps, None)
    record([pictured], LOOKED, None)

    call_command("verify_log")


def test_nobody_goes_back_while_there_are_signed_documents(before):
    KEEP.forwards(apps, None)
    documents.keep(before[0], "quill.pdf", b"%PDF-1.7")

    with pytest.raises(CommandError, match="There are signed consents"):
        KEEP.backwards(apps, None)
