"""What ends an invitation besides an answer: consents and the rights of the inviter."""

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import TaskState

from review.models import CredentialCheck, Invitation, ReviewRecord
from review.models.invitations import TRIES
from testimonials.models.consent import Consent
from tests.helpers.factories_review import review_workflow
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

from .conftest import ADDRESS
from .test_invited_review import code_of, decide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]


@pytest.fixture
def story(home, editor, roles):
    index = TestimonialIndexPageFactory(parent=home)
    story = TestimonialPageFactory(
        parent=index, title="Rosalind walks", owner=editor, live=False
    )
    story.save_revision(user=editor)
    review_workflow(index).start(story, editor)
    return type(story).objects.get(pk=story.pk)


@pytest.fixture
def link_to_story(story, guest, inviter):
    state = story.current_workflow_task_state
    _it, token = Invitation.objects.issue(story, state, guest, ADDRESS, inviter)
    return f"/review/with/{token}/"


def assert_gone(client, link):
    for answer in (
        client.get(link),
        client.get(f"{link}page/"),
        client.post(link, {"act": "code"}),
    ):
        assert answer.status_code == 410
        assert "Rosalind" not in answer.content.decode()
    assert not mail.outbox


def test_a_story_is_shown_to_nobody_once_its_consent_is_withdrawn(
    client, link_to_story
):
    assert client.get(f"{link_to_story}page/").status_code == 200
    consent = Consent.objects.get()
    consent.withdrawn_at = timezone.now()
    consent.save()

    assert_gone(client, link_to_story)


def test_a_draft_about_somebody_else_needs_their_consent(
    client,
    story,
    guest,
    inviter,
    editor,
):
    story.subject = SubjectFactory(consented=False)
    story.save_revision(user=editor)
    state = story.current_workflow_task_state
    _it, token = Invitation.objects.issue(story, state, guest, ADDRESS, inviter)

    assert_gone(client, f"/review/with/{token}/")


@pytest.mark.parametrize("how", ["inactive", "without the right"])
@pytest.mark.parametrize("act", ["approve", "changes"])
def test_who_may_invite_no_more_vouches_for_nobody(
    client,
    submitted,
    link,
    inviter,
    how,
    act,
):
    code = code_of(client, link)
    if how == "inactive":
        inviter.is_active = False
        inviter.save()
    else:
        inviter.groups.clear()

    answer = decide(client, link, submitted, act, code, comment="Wrong dose.")

    assert answer.status_code == 422
    assert "may not invite" in answer.content.decode()
    assert not ReviewRecord.objects.exists()
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_who_may_not_approve_may_not_ask_for_changes(
    client,
    submitted,
    link,
    guest,
):
    CredentialCheck.objects.all().delete()

    answer = decide(client, link, submitted, "changes", comment="Wrong dose.")

    assert answer.status_code == 422
    assert "No clinical credential" in answer.content.decode()
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert Invitation.objects.usable().exists()


OTHER_KEY = "BBECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.mark.parametrize("keys", [[OTHER_KEY], []])
def test_without_the_key_nothing_is_sent_and_nothing_typed_is_lost(
    client, link, settings, keys
):
    settings.FIELD_KEYS = keys

    answer = client.post(link, {"act": "code", "comment": "Typed at length."})

    assert answer.status_code == 503
    assert "Typed at length." in answer.content.decode()
    assert not Invitation.objects.get().codes_sent


def test_without_any_key_no_answer_is_taken(client, link, settings):
    code = code_of(client, link)
    settings.FIELD_KEYS = []

    answer = client.post(link, {"act": "changes", "comment": "No.", "code": code})

    assert answer.status_code == 503
    assert "No." in answer.content.decode()


def test_says_so_where_a_code_is_on_its_way(client, link):
    code_of(client, link)

    page = client.post(link, {"act": "code"}).content.decode()

    assert "a moment ago" in page
    assert len(mail.outbox) == 1


def test_a_code_whose_tries_are_used_up_is_replaced_at_once(client, link, submitted):
    code = code_of(client, link)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(TRIES):
        decide(client, link, submitted, code=wrong)

    assert decide(client, link, submitted).status_code == 303
