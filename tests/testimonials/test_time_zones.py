"""Days end where the clinic's clocks are, whoever looks at a page before."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from delivery import once
from testimonials.models import Consent
from tests.helpers.factories_testimonials import SubjectFactory, embed

pytestmark = pytest.mark.django_db(transaction=True)

LAST_DAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def nothing_shared(monkeypatch):
    monkeypatch.setattr(once, "_shared", ("gen-0", {}))


def test_a_consent_is_suggested_to_begin_on_the_clinic_s_day(log_in, at):
    editor = log_in("Moderators", Client())
    UserProfile.objects.create(user=editor.user, current_time_zone="Pacific/Auckland")
    at(datetime(2026, 12, 1, 20, tzinfo=UTC))

    page = editor.get("/admin/story_subjects/new/")

    assert 'name="consents-__prefix__-valid_from" value="2026-12-01"' in page.text


@pytest.mark.parametrize(
    ("instant", "zone", "is_told"),
    [
        (datetime(2026, 12, 2, 3, tzinfo=UTC), "America/New_York", False),
        (datetime(2026, 12, 1, 20, tzinfo=UTC), "Pacific/Auckland", True),
    ],
    ids=["over in London alone", "over in Auckland alone"],
)
def test_a_preview_in_another_zone_leaves_visitors_what_is_so_at_the_clinic(
    client, home, log_in, at, instant, zone, is_told
):
    subject = SubjectFactory()
    page = embed(
        home, ("patient_quote", {"subject": subject, "text": "<p>I walk.</p>"})
    )
    Consent.objects.filter(subject=subject).update(valid_until=LAST_DAY)
    page.save_revision()
    editor = log_in("Moderators", Client())
    UserProfile.objects.create(user=editor.user, current_time_zone=zone)
    at(instant)

    with once.scope("gen-1"):
        preview = editor.get(f"/admin/pages/{page.pk}/view_draft/")
    with once.scope("gen-1"):
        visit = client.get(page.url)

    assert preview.status_code == visit.status_code == 200
    assert ("I walk." in visit.text) is is_told
    assert ("I walk." in preview.text) is is_told
