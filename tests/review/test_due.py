"""Reviews that are due: e-mails before, the report, the dashboard."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.users.models import UserProfile

from home.roles import REVIEWERS
from review.due.pages import due, medical_pages
from review.due.reminders import remind
from review.models import ReviewReminder
from tests.helpers.factories import ArticlePageFactory, UserFactory
from tests.helpers.factories_review import approve, clinician, latest, review_workflow

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def due_soon(reviewed, reviewer, monkeypatch):
    """A reviewed page, thirty days before its next review."""
    type(reviewer).objects.filter(pk=reviewer.pk).update(email="ada@example.org")
    days = (reviewed.review.due_on - timezone.localdate()).days - 30
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)
    return reviewed


def test_reviewers_are_reminded_once_of_pages_and_no_person(
    due_soon, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remind_of_reviews")
        assert remind() == (0, 0)

    [message] = mail.outbox
    assert message.to == ["ada@example.org"]
    assert due_soon.title in message.body
    assert f"/admin/pages/{due_soon.pk}/edit/" in message.body
    assert "Ada" not in message.body + message.alternatives[0][0]


def test_of_two_runs_at_once_the_second_sends_nothing(
    due_soon, monkeypatch, django_capture_on_commit_callbacks
):
    """It has read that nobody was told, and then waits for the first."""
    before = ReviewReminder.objects.none()
    with django_capture_on_commit_callbacks(execute=True):
        assert remind() == (1, 0)
    monkeypatch.setattr(ReviewReminder.objects, "values", before.values)

    with django_capture_on_commit_callbacks(execute=True):
        assert remind() == (0, 0)

    assert len(mail.outbox) == 1


def test_one_address_that_is_none_keeps_no_other_reviewer_from_being_reminded(
    due_soon, reviewer, django_capture_on_commit_callbacks
):
    other = UserFactory(email="ben@example.org\nBcc: x@example.org")
    other.groups.set(reviewer.groups.all())

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(CommandError, match="failed: 1"),
    ):
        call_command("remind_of_reviews")
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]

    # Each night again, until the address is mended; and nobody is told twice.
    assert remind() == (0, 1)
    UserFactory._meta.model.objects.filter(pk=other.pk).update(email="ben@example.org")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert remind() == (1, 0)
        assert remind() == (0, 0)
    assert [message.to for message in mail.outbox] == [["ben@example.org"]]
    assert due_soon.title in mail.outbox[0].body


def test_reviewers_are_reminded_in_their_own_language(
    due_soon, reviewer, django_capture_on_commit_callbacks
):
    UserProfile.objects.update_or_create(
        user=reviewer, defaults={"preferred_language": "de"}
    )

    with django_capture_on_commit_callbacks(execute=True):
        remind()

    [message] = mail.outbox
    with translation.override("de"):
        assert date_format(due_soon.review.due_on) in message.body


def test_what_is_due_is_the_review_that_readers_see(
    due_soon, index, editor, people, log_in
):
    """A review of a draft, or a mark that is gone, takes nothing off the list."""
    draft = latest(due_soon)
    draft.standfirst = "Something else."
    draft.save_revision(user=editor)
    review_workflow(index, "Moderators").start(due_soon, editor)
    approve(due_soon, clinician(people, title="Ben Strand"))
    type(due_soon).objects.filter(pk=due_soon.pk).update(
        is_medical=False, changed_since_review=due_soon.review.due_on
    )

    [page] = due(medical_pages())

    assert page.review_due_on == due_soon.review.due_on
    assert page.reviewed_by == "Ada Quay, MD"
    shown = log_in(REVIEWERS).get(reverse("review_report"), {"standing": "changed"})
    assert due_soon.title in shown.content.decode()
    assert "Changed since" in shown.content.decode()


def test_nobody_is_reminded_before(reviewed):
    assert remind() == (0, 0)


def test_the_report_lists_medical_pages_by_when_they_are_due(due_soon, index, log_in):
    never = ArticlePageFactory(parent=index, title="Never looked at")
    type(never).objects.filter(pk=never.pk).update(is_medical=True)
    ArticlePageFactory(parent=index, title="Of no concern")
    url = reverse("review_report")
    staff = log_in(REVIEWERS)

    def listed(**asked):
        return staff.get(url, asked).content.decode()

    everything = listed()
    assert everything.index(due_soon.title) < everything.index("Never looked at")
    assert "Of no concern" not in everything
    assert "Ada Quay, MD" in everything
    assert "Never looked at" not in listed(standing="due")
    assert due_soon.title not in listed(standing="overdue")
    assert due_soon.title not in listed(standing="never")
    assert staff.get(url, {"export": "csv"}).status_code == 200


def test_the_dashboard_tells_of_them(due_soon, log_in):
    shown = log_in(REVIEWERS).get(reverse("wagtailadmin_home")).content.decode()

    assert "1 page is due for its medical review." in shown
