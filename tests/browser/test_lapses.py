"""What time alone ends: a review that was due, a consent with a last day."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import BrowserContext, Page, expect

from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS, MODERATORS, REVIEWERS
from review.models import ChecklistItem
from testimonials.models.consent import Consent
from testimonials.models.index_page import TestimonialIndexPage
from testimonials.viewsets import subject_viewset
from tests.browser.editor import Editor
from tests.browser.reviewing import approve, qualify
from tests.helpers.factories import ArticlePageFactory
from tests.helpers.factories_testimonials import SubjectFactory, TestimonialPageFactory

Staff = Callable[[str], Page]


def test_a_review_lapses(
    staff: Staff, patient: BrowserContext, demonstration: str, at: Callable
) -> None:
    now, today = timezone.now(), timezone.localdate()
    due = today + timedelta(days=20)
    ChecklistItem.objects.get_or_create(text="What the page says is right.")
    article = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(),
        title="How long to rest",
        live=False,
        is_medical=True,
        body=[{"type": "paragraph", "value": "<p>Rest before you are tired.</p>"}],
    )
    article.save_revision()
    editor = Editor(staff(EDITORS))
    editor.open(article)
    editor.act(re.compile("Submit to"))
    editor.expect_message("submitted for moderation")
    reviewer = Editor(staff(REVIEWERS))
    qualify(reviewer.page.user, "Meera Raghunathan")
    reviewer.open(article)
    with reviewer.comes_back():
        approve(reviewer.page, due.isoformat())
    moderator = Editor(staff(MODERATORS))
    moderator.open(article)
    moderator.act(re.compile(r"^\s*Approve and Publish", re.IGNORECASE))

    reader = patient.new_page()
    article.refresh_from_db()
    address = f"{demonstration}{article.relative_url(None)}"
    reader.goto(address)
    note = reader.locator(".review-note")
    day = date_format(due, "DATE_FORMAT")
    expect(note).to_contain_text(f"Next review due {day}")
    assert "reviewedBy" in reader.content()

    # A day late, colleagues are told, and readers a month later.
    at(now + timedelta(days=21))
    reader.goto(address)
    expect(note).to_contain_text(f"Next review due {day}")
    colleague = staff(MODERATORS)
    colleague.goto(f"{reverse('review_report')}?standing=overdue")
    expect(colleague.get_by_role("row", name=article.title)).to_contain_text(day)

    at(now + timedelta(days=52))
    reader.goto(address)
    expect(note).to_contain_text(f"The next review was due on {day}")
    assert "reviewedBy" not in reader.content()


def test_a_consent_lapses(
    staff: Staff, patient: BrowserContext, demonstration: str, at: Callable
) -> None:
    now, today = timezone.now(), timezone.localdate()
    subject = SubjectFactory(name="Rosalind Quill", consented=False)
    story = TestimonialPageFactory(
        parent=TestimonialIndexPage.objects.get(),
        title="A year on the ward",
        subject=subject,
        live=False,
    )
    story.save_revision()

    # Nobody has agreed yet.
    moderator = Editor(staff(MODERATORS))
    moderator.open(story)
    moderator.act("Publish")
    expect(moderator.page.locator("main")).to_contain_text("No consent covers")

    # A moderator records what was signed, and for how long.
    form = moderator.page
    form.goto(reverse(subject_viewset.get_url_name("edit"), args=[subject.pk]))
    form.get_by_role("button", name="Add consent").click()
    form.locator("[name=consents-0-scope_medical_detail]").check()
    last = today + timedelta(days=3)
    form.locator("[name=consents-0-valid_until]").fill(last.isoformat())
    form.locator("[name=consents-0-wording_version]").fill("2026-01")
    form.get_by_role("button", name="Save").click()
    moderator.expect_message("updated")
    assert Consent.objects.get(subject=subject).valid_until == last

    moderator.open(story)
    moderator.act("Publish")
    moderator.expect_message("published")
    story.refresh_from_db()
    address = f"{demonstration}{story.relative_url(None)}"
    reader = patient.new_page()
    assert reader.goto(address).status == 200
    index = f"{demonstration}{story.get_parent().relative_url(None)}"
    reader.goto(index)
    expect(reader.get_by_text(story.title)).not_to_have_count(0)

    # It holds for its last day, and is gone with the next, everywhere.
    at(now + timedelta(days=3))
    assert reader.goto(address).status == 200
    at(now + timedelta(days=4))
    assert reader.goto(address).status == 410
    expect(reader.get_by_text(story.title)).to_have_count(0)
    reader.goto(index)
    expect(reader.get_by_text(story.title)).to_have_count(0)
    colleague = Editor(staff(MODERATORS))
    colleague.open(story)
    expect(colleague.problems).to_contain_text("No consent covers this story today")
