"""Reports by readers at the edges: lost keys, races, and who drops out of sight."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from home.roles import MODERATORS
from review.feedback.report_forms import HandlingForm
from review.feedback.telling import forget, tell
from review.models import ReaderReport
from tests.helpers.factories import UserFactory

pytestmark = pytest.mark.django_db

OTHER_KEY = "BBECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.fixture
def report(home):
    return ReaderReport.objects.create(
        page=home,
        kind="wrong",
        passage="Take two a day.",
        text="It is one.",
        email="mira.holt@example.org",
        language="en-gb",
        status="answered",
        note="Of a colleague.",
        answer="We have corrected it.",
        closed_at=timezone.now(),
        version=1,
    )


def opened(report, **changes):
    """Return the form as somebody has it open, filled in."""
    data = {"status": "answered", "assignee": "", "note": "n", "answer": "Done."}
    return HandlingForm(
        {**data, "version": report.version, **changes},
        instance=ReaderReport.objects.get(pk=report.pk),
        for_user=UserFactory(),
    )


def test_a_form_that_is_open_while_the_reader_is_told_does_not_undo_it(report):
    form = opened(report)
    assert tell(ReaderReport.objects.get(pk=report.pk))

    assert not form.is_valid()
    assert "Somebody else has changed" in str(form.errors)


def test_what_is_told_between_the_look_and_the_save_stays_told(report):
    form = opened(report)
    assert form.is_valid()
    tell(ReaderReport.objects.get(pk=report.pk))

    form.save()

    assert ReaderReport.objects.get(pk=report.pk).told_at


def test_a_deleted_address_does_not_come_back(report):
    early, late = opened(report), opened(report)
    assert early.is_valid()
    ReaderReport.objects.update(closed_at=timezone.now() - timedelta(days=31))
    assert forget() == (1, 1, 0)

    early.save()

    assert ReaderReport.objects.get(pk=report.pk).email is None
    assert not late.is_valid()


def test_the_address_goes_thirty_days_after_the_reader_was_told(report):
    told = timezone.now() - timedelta(days=31)
    ReaderReport.objects.update(told_at=told, closed_at=None, status="in_work")

    call_command("tidy_feedback")

    assert ReaderReport.objects.get(pk=report.pk).email is None


def test_addresses_of_readers_never_told_are_counted(report, capsys):
    ReaderReport.objects.update(closed_at=timezone.now() - timedelta(days=31))

    call_command("tidy_feedback")

    assert "Of them of readers who were never told: 1" in capsys.readouterr().out


def test_without_the_key_nothing_is_a_fault_and_nothing_is_overwritten(
    log_in, report, settings
):
    kept = ReaderReport.objects.values("note", "answer").get()
    client = log_in(MODERATORS)
    settings.FIELD_KEYS = [OTHER_KEY]
    edit = reverse("reader_reports:edit", args=[report.pk])
    tell_url = reverse("reader_reports:tell", args=[report.pk])

    assert client.get(edit).status_code == 200
    assert client.get(tell_url).status_code == 302
    assert client.post(tell_url, {"version": "1"}).status_code == 302
    assert client.get(reverse("reader_reports:index")).status_code == 200
    saved = client.post(edit, {"status": "dismissed", "version": 1})

    assert saved.status_code == 302
    report = ReaderReport.objects.get(pk=report.pk)
    assert (report.status, report.told_at) == ("dismissed", None)
    assert str(ReaderReport.objects.values("note", "answer").get()) == str(kept)


def test_the_dashboard_names_readers_who_wait_to_be_told(log_in, report):
    client = log_in(MODERATORS)
    assert "waits to be told" in client.get("/admin/").content.decode()
    listed = client.get(reverse("reader_reports:index"), {"standing": "untold"})
    assert str(report.pk) in listed.content.decode()

    tell(report)

    assert "waits to be told" not in client.get("/admin/").content.decode()
    listed = client.get(reverse("reader_reports:index"), {"standing": "untold"})
    assert str(report.pk) not in listed.content.decode()


@pytest.mark.parametrize("is_active", [False, True])
def test_what_is_given_to_somebody_who_cannot_see_to_it_waits(
    log_in, report, is_active
):
    gone = UserFactory(username="gone", is_active=is_active)
    ReaderReport.objects.update(status="in_work", assignee=gone)

    assert "waits for somebody" in log_in(MODERATORS).get("/admin/").content.decode()
