"""Approvals and rejections: the first decision on a version stands."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState

from articles.models.article_page import ArticlePage
from core.publishing.gate import PublishBlocked
from tests.helpers.at_once import at_once
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    UserFactory,
)
from tests.helpers.page_form import GOOD, edit_url, posted

DECIDED = "Somebody else has decided on this version"
APPROVE = {"action-workflow-action": "1", "workflow-action-name": "approve"}


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def submitted(index, workflow):
    page = ArticlePageFactory(parent=index, title="Live", slug="live", body=GOOD)
    page.title = "Submitted"
    page.save_revision()
    workflow.start(page, UserFactory())
    return ArticlePage.objects.get(pk=page.pk)


def moderator():
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def logged(page, action):
    return PageLogEntry.objects.filter(page=page.pk, action=action).count()


def read(page):
    """The state of approval as a request reads it at its beginning."""
    state = page.current_workflow_task_state
    return TaskState.objects.select_related("workflow_state").get(pk=state.pk)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_approvals_leave_one_publication(self, submitted):
        def approval(state, user):
            def approve():
                try:
                    state.task.specific.on_action(state, user, "approve")
                except PublishBlocked as refusal:
                    return refusal.messages
                return []

            return approve

        told = at_once(*[approval(read(submitted), moderator()) for _ in range(2)])

        assert sorted(map(len, told)) == [0, 1]
        assert DECIDED in str(told)
        assert logged(submitted, "wagtail.publish") == 1
        assert logged(submitted, "wagtail.workflow.approve") == 1
        assert ArticlePage.objects.get(pk=submitted.pk).title == "Submitted"

    def test_two_approvals_in_the_browser_are_answered(self, submitted):
        state = submitted.current_workflow_task_state
        args = [submitted.pk, "approve", state.pk]
        url = reverse("wagtailadmin_pages:workflow_action", args=args)

        def press(client):
            return client.post(
                url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"}
            ).status_code

        clients = [Client(), Client()]
        for client in clients:
            client.force_login(moderator())

        codes = at_once(*[lambda client=client: press(client) for client in clients])

        # 302: the second came when nothing waited any more.
        assert set(codes) <= {200, 302}
        assert logged(submitted, "wagtail.publish") == 1


class TestOneAfterTheOther:
    def test_a_rejection_does_not_take_back_an_approval(self, submitted):
        late = read(submitted)
        first = read(submitted)
        first.approve(user=moderator())

        with pytest.raises(PublishBlocked, match=DECIDED):
            late.reject(user=moderator())

        first.refresh_from_db()
        assert first.status == TaskState.STATUS_APPROVED
        assert logged(submitted, "wagtail.workflow.reject") == 0

    def test_the_editor_keeps_the_text_of_who_comes_second(self, submitted, client):
        read(submitted).approve(user=moderator())
        client.force_login(moderator())

        response = client.post(
            edit_url(submitted),
            posted(level="2", text="Of the second", **APPROVE),
            follow=True,
        )

        assert response.status_code == 200
        assert DECIDED in response.content.decode()
        page = ArticlePage.objects.get(pk=submitted.pk)
        assert page.title == "Submitted"
        assert "Of the second" in str(page.get_latest_revision_as_object().body)
        assert logged(submitted, "wagtail.publish") == 1

    def test_a_version_that_was_refused_can_be_approved_once_it_is_mended(
        self, submitted
    ):
        page = ArticlePage.objects.get(pk=submitted.pk)
        state = read(submitted)
        draft = page.get_latest_revision_as_object()
        draft.standfirst = ""
        draft.save_revision(clean=False)
        with pytest.raises(PublishBlocked):
            state.approve(user=moderator())
        draft.standfirst = "Briefly."
        draft.save_revision()

        read(submitted).approve(user=moderator())

        assert logged(submitted, "wagtail.publish") == 1


class TestTheMessage:
    @pytest.fixture
    def said(self, client):
        client.force_login(moderator())

        def said(page, action):
            asked = {"action-workflow-action": "1", "workflow-action-name": action}
            answer = client.post(
                edit_url(page), posted(level="2", text="Seen", **asked), follow=True
            )
            return answer.content.decode()

        return said

    def test_of_an_approval_says_that_the_page_is_published(self, submitted, said):
        assert "was approved and is published" in said(submitted, "approve")
        assert ArticlePage.objects.get(pk=submitted.pk).live

    def test_of_a_rejection_does_not(self, submitted, said):
        assert "is published" not in said(submitted, "reject")
