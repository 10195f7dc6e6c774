"""Consents from before the register cover what they covered."""

from importlib import import_module

import pytest
from django.apps import apps

from core.models import LogEnd
from testimonials.models import Consent
from tests.helpers.factories_testimonials import ConsentFactory, SubjectFactory

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
