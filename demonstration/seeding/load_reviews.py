"""Loads the workflow of a medical review, and what was reviewed."""

from datetime import datetime, time
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from demonstration.content.reviews import CHECKS, NOT_REVIEWED, REVIEWS
from demonstration.seeding.resolve import Resolver
from home.roles import MODERATORS, REVIEWERS
from people.models import Credential, PersonPage
from review.models import (
    ChecklistItem,
    CredentialCheck,
    MedicalReviewTask,
    ReviewRecord,
)
from review.models.reviewers import checked_credential
from review.versions import version_of


def load_workflow(known: Resolver) -> None:
    """Make the way of every page: medical review, then legal, then publication."""
    workflow = Workflow.objects.create(name="Review, legal, publish")
    steps = [
        (MedicalReviewTask.objects.create(name="Medical review"), REVIEWERS),
        (GroupApprovalTask.objects.create(name="Legal approval"), MODERATORS),
    ]
    for order, (task, group) in enumerate(steps):
        task.groups.add(Group.objects.get_or_create(name=group)[0])
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=known.pages["home"])


def load_checks(known: Resolver) -> None:
    """Keep which credentials were checked, once the profiles are published."""
    for person, name, day in CHECKS:
        page = known.pages[person]
        held = Credential.objects.get(person=page.pk, name=name)
        CredentialCheck.objects.create(
            person=page, name=name, awarded_by=held.awarded_by, checked_on=day
        )


def note_review(record: Any, page: Any) -> None:
    """Keep the review of what ``page`` says, or that there is none."""
    for review in REVIEWS:
        if review.article == record.key:
            _review(review, page)
            return
    page.override_reason = NOT_REVIEWED
    page.answered_problems = ["unreviewed:"]


def _review(review: Any, page: Any) -> None:
    person = PersonPage.objects.get(slug=review.person)
    at_noon = timezone.make_aware(datetime.combine(review.reviewed, time(12)))
    ReviewRecord.objects.create(
        page_id=page.pk,
        person=person,
        name=person.name,
        credential=str(checked_credential(person)),
        interest=review.interest,
        changes=review.changes,
        checklist=[item.text for item in ChecklistItem.objects.all()],
        reviewed_at=at_noon,
        due_on=review.due,
        digest=version_of(page).digest,
    )
