"""Clinicians, what they tick, and the workflow they stand in."""

from itertools import count

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from home.roles import REVIEWERS
from people.models import Credential
from review.approving import USUAL_MONTHS, ReviewForm, in_months
from review.models import (
    ChecklistItem,
    CredentialCheck,
    MedicalReviewTask,
    Reviewer,
    ReviewRecord,
)
from review.versions import version_of
from tests.helpers.factories import PersonPageFactory, UserFactory

_numbers = count(1)


def clinician(people, **profile):
    """Make an account with a published profile and a checked clinical credential."""
    user = UserFactory(username=f"clinician-{next(_numbers)}")
    user.groups.add(Group.objects.get_or_create(name=REVIEWERS)[0])
    person = PersonPageFactory(parent=people, **profile)
    Reviewer.objects.create(user=user, person=person)
    named = {"name": "Registration in neurology", "awarded_by": "Medical register"}
    Credential.objects.create(person=person, is_clinical=True, **named)
    CredentialCheck.objects.create(person=person, checked_by=UserFactory(), **named)
    return user


def review_workflow(page, *others):
    """Make a workflow of a medical review for ``page`` and those beneath it.

    Each of ``others`` is a group that approves after it.
    """
    if not ChecklistItem.objects.exists():
        ChecklistItem.objects.create(text="What the page says is right.")
    workflow = Workflow.objects.create(name="Review")
    medical = MedicalReviewTask.objects.create(name="Medical review")
    medical.groups.add(Group.objects.get_or_create(name=REVIEWERS)[0])
    tasks = [medical]
    for name in others:
        task = GroupApprovalTask.objects.create(name=f"Approval by {name}")
        task.groups.add(Group.objects.get_or_create(name=name)[0])
        tasks.append(task)
    for order, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow


def latest(page):
    """Return the latest version of ``page``, whoever has stored it."""
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def answers(page, **changed):
    """Return what a reviewer answers who has read the latest version of ``page``."""
    form = ReviewForm(page=latest(page), person=None)
    items = [name for name in form.fields if name.startswith("item_")]
    return {
        **dict.fromkeys(items, "on"),
        "independence": "none",
        "interest": "",
        "changes": "",
        "due_on": form.initial["due_on"].isoformat(),
        "version": form.initial["version"],
        **changed,
    }


def items(*texts):
    return [ChecklistItem.objects.create(text=text) for text in texts]


def approve(page, user, **changed):
    """Approve the step at which ``page`` stands; return the record, if any."""
    state = type(page).objects.get(pk=page.pk).current_workflow_task_state
    given = answers(page, **changed)
    state.task.specific.on_action(state, user, "approve", **given)
    return getattr(state.__class__.objects.get(pk=state.pk), "review_record", None)


def record_of(page, person):
    """Write the record of what ``page`` says now, without a workflow."""
    return ReviewRecord.objects.create(
        page_id=page.pk,
        person=person,
        name=person.name,
        credential="Registration in neurology, Medical register",
        due_on=in_months(USUAL_MONTHS),
        digest=version_of(page).digest,
    )
