"""However a review is approved: what makes it void makes it void everywhere."""

import json
from contextlib import suppress

import pytest
from django.contrib.auth.models import Group
from django.forms import model_to_dict
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import inline_formset

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.publishing.gate import PublishBlocked
from review.models import ChecklistItem, CredentialCheck, Invitation, ReviewRecord
from tests.helpers.factories import UserFactory
from tests.helpers.factories_review import answers, latest
from tests.helpers.page_form import edit_url, posted

from .invitations.conftest import ADDRESS, guest, inviter  # noqa: F401  (fixtures)
from .invitations.test_invited_review import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]


# --- Ways: each opens the form, stops, and then presses the button -------------------
# Whoever is told so has read the latest version by then.


def in_the_window(page, client, reviewer, request):
    client.force_login(reviewer)
    args = [page.pk, "approve", page.current_workflow_task_state.pk]
    url = reverse("wagtailadmin_pages:workflow_action", args=args)
    ajax = {"x-requested-with": "XMLHttpRequest"}
    assert "independence" in client.get(url, headers=ajax).json()["html"]
    given = answers(page)
    if (yield reviewer.reviewer.person):
        given["version"] = answers(page)["version"]
    client.post(url, given, headers=ajax)


def in_the_editor(page, client, reviewer, request):
    reviewer.groups.add(Group.objects.get(name="Editors"))
    client.force_login(reviewer)
    given = answers(page)
    if (yield reviewer.reviewer.person):
        page = latest(page)
        given["version"] = answers(page)["version"]
    approve = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps(given),
    }
    same = {"title": page.title, "slug": page.slug, "standfirst": page.standfirst}
    same["contributions"] = inline_formset(
        [model_to_dict(each, exclude=["id"]) for each in page.contributions.all()]
    )
    form = posted("2", "Just right", is_medical="on", **same, **approve)
    client.post(edit_url(page), form, follow=True)


def in_code(page, client, reviewer, request):
    state, given = page.current_workflow_task_state, answers(page)
    if (yield reviewer.reviewer.person):
        given["version"] = answers(page)["version"]
    with suppress(PublishBlocked):
        state.task.specific.on_action(state, reviewer, "approve", **given)


def by_a_link(page, client, reviewer, request):
    person = request.getfixturevalue("guest")
    invites = request.getfixturevalue("inviter")
    state = page.current_workflow_task_state
    _it, token = Invitation.objects.issue(page, state, person, ADDRESS, invites)
    link = f"/review/with/{token}/"
    given = {**answers(page), "act": "approve", "code": code_of(client, link)}
    if (yield person):
        Invitation.objects.update(revision=latest(page).latest_revision)
    client.post(link, given)


WAYS = [in_the_window, in_the_editor, in_code, by_a_link]


# --- What happens meanwhile ----------------------------------------------------------


def is_named_among_its_authors(page, person, user):
    draft = latest(page)
    draft.contributions = [Contribution(person=person)]
    draft.save_revision(user=UserFactory())


def changes_it(page, person, user):
    draft = latest(page)
    draft.standfirst = "Of the reviewer."
    draft.save_revision(user=user)


def somebody_else_changes_it(page, person, user):
    changes_it(page, person, UserFactory())


def has_no_credential_that_was_checked(page, person, user):
    CredentialCheck.objects.filter(person=person).delete()


def has_no_published_profile(page, person, user):
    person.unpublish()


def is_asked_something_else(page, person, user):
    ChecklistItem.objects.update(text="What the page says is wrong.")


def is_asked_no_more(page, person, user):
    page.current_workflow_state.cancel(user=UserFactory(is_superuser=True))


def is_asked_after_somebody_sent_it_back(page, person, user):
    page.current_workflow_task_state.reject(user=UserFactory(is_superuser=True))


MEANWHILE = [
    is_named_among_its_authors,
    changes_it,
    somebody_else_changes_it,
    has_no_credential_that_was_checked,
    has_no_published_profile,
    is_asked_something_else,
    is_asked_no_more,
    is_asked_after_somebody_sent_it_back,
]


# Refused for who they are, whatever they have read.
READS_AGAIN = {is_named_among_its_authors, changes_it}


@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=lambda each: each.__name__)
@pytest.mark.parametrize("way", WAYS, ids=lambda each: each.__name__)
def test_nobody_approves_who(way, meanwhile, submitted, client, reviewer, request):
    attempt = way(submitted, client, reviewer, request)
    person = next(attempt)
    # The one who invites stands for whoever has no account.
    account = reviewer if way is not by_a_link else request.getfixturevalue("inviter")
    meanwhile(submitted, person, account)

    with suppress(StopIteration):
        attempt.send(meanwhile in READS_AGAIN)

    assert not ReviewRecord.objects.exists()
    assert not TaskState.objects.filter(status=TaskState.STATUS_APPROVED).exists()
    assert not ArticlePage.objects.get(pk=submitted.pk).live


def test_autosave_decides_nothing(submitted, client, reviewer):
    """It may come between a decision in the window and the page that answers it."""
    reviewer.groups.add(Group.objects.get(name="Editors"))
    client.force_login(reviewer)
    decision = {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps(answers(submitted)),
    }
    form = posted("2", "Just right", title="Rest and work", slug="rest", **decision)

    answer = client.post(
        edit_url(submitted), form, headers={"accept": "application/json"}
    )

    assert answer.json()["success"]
    assert not ReviewRecord.objects.exists()
    state = submitted.current_workflow_task_state
    assert state.status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("way", WAYS, ids=lambda each: each.__name__)
def test_who_may_approves(way, submitted, client, reviewer, request):
    attempt = way(submitted, client, reviewer, request)
    person = next(attempt)

    next(attempt, None)

    assert ReviewRecord.objects.get().person == person
    page = ArticlePage.objects.get(pk=submitted.pk)
    assert page.current_workflow_task.name == "Approval by Moderators"
