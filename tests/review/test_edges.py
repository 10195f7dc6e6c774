"""What may happen between a review and publication, and ways that lead past it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.publishing.gate import PublishBlocked, publishing_problems
from review.models import CredentialCheck, ReviewRecord
from tests.helpers.factories import ArticleIndexPageFactory, UserFactory
from tests.helpers.factories_review import answers, approve, clinician, latest
from tests.helpers.page_form import add_url, edit_url, posted

pytestmark = pytest.mark.django_db
CHANGED = "has changed since Ada Quay, MD reviewed it"
SAME = {
    "text": "Just right",
    "level": "2",
    "title": "Rest and work",
    "slug": "rest",
    "standfirst": "What it says, briefly.",
}


@pytest.fixture
def approved(submitted, reviewer):
    """A page that waits for moderators, its review approved."""
    approve(submitted, reviewer)
    return submitted


def stored(page):
    return ArticlePage.objects.get(pk=page.pk)


def decide(page, action="approve", user=None):
    """Have a superuser decide at the step where the page stands."""
    state = stored(page).current_workflow_task_state
    user = user or UserFactory(is_superuser=True)
    state.task.specific.on_action(state, user, action)


class TestBetweenApprovalAndPublication:
    @pytest.mark.parametrize("what", ["account", "credential", "group", "profile"])
    def test_the_record_says_who_the_reviewer_was_then(self, approved, reviewer, what):
        match what:
            case "account":
                reviewer.is_active = False
                reviewer.save()
            case "credential":
                CredentialCheck.objects.all().delete()
            case "group":
                reviewer.groups.clear()
            case "profile":
                reviewer.reviewer.person.unpublish()

        decide(approved)

        page = stored(approved)
        assert page.live
        assert page.shown_review.record.name == "Ada Quay, MD"

    def test_a_reviewer_who_becomes_an_author_has_not_reviewed_it(
        self, approved, reviewer, people
    ):
        draft = latest(approved)
        draft.contributions = [Contribution(person=reviewer.reviewer.person)]
        draft.save_revision(user=UserFactory())

        assert stored(approved).current_workflow_task.name == "Medical review"
        with pytest.raises(PublishBlocked, match="among those who made it"):
            approve(approved, reviewer)
        approve(approved, clinician(people, title="Ben Strand"))
        decide(approved)
        assert stored(approved).review.name.startswith("Ben Strand")

    def test_a_page_that_moves_keeps_its_place_in_the_workflow(self, approved, home):
        elsewhere = ArticleIndexPageFactory(parent=home, slug="elsewhere")
        stored(approved).move(elsewhere, pos="last-child")

        decide(approved)

        page = stored(approved)
        assert page.live
        assert page.shown_review.changed_on is None

    def test_a_locked_page_is_reviewed_and_published_all_the_same(
        self, submitted, reviewer, editor
    ):
        ArticlePage.objects.update(
            locked=True, locked_by=editor, locked_at=timezone.now()
        )

        approve(submitted, reviewer)
        decide(submitted)

        assert stored(submitted).review == ReviewRecord.objects.get()

    def test_a_workflow_that_begins_again_asks_again(
        self, approved, workflow, editor, reviewer
    ):
        stored(approved).current_workflow_state.cancel(user=editor)
        workflow.start(stored(approved), editor)

        assert stored(approved).current_workflow_task.name == "Medical review"
        approve(approved, reviewer)
        decide(approved)
        page = stored(approved)
        assert page.live
        assert page.review == ReviewRecord.objects.of(page).first()
        assert ReviewRecord.objects.count() == 2

    def test_a_schedule_that_comes_due_publishes_what_was_reviewed(
        self, submitted, reviewer, at
    ):
        """Also where the review is due again by then: the page says so."""
        draft = latest(submitted)
        draft.go_live_at = timezone.now() + timedelta(days=1)
        draft.save_revision()
        tomorrow = timezone.localdate() + timedelta(days=1)
        approve(submitted, reviewer, due_on=tomorrow.isoformat())
        decide(submitted)
        assert not stored(submitted).live

        at(timezone.now() + timedelta(days=60))
        call_command("publish_scheduled")

        page = stored(submitted)
        assert page.live
        assert page.shown_review.has_lapsed


class TestCalledMedicalNoMore:
    def test_an_editor_cannot_say_so(self, submitted, editor, client, index):
        editor.groups.add(Group.objects.get(name="Editors"))
        client.force_login(editor)

        client.post(edit_url(submitted), posted(**{**SAME, "text": "Take two"}))
        assert "Take two" in str(latest(submitted).body)
        assert latest(submitted).is_medical

        client.post(add_url(index), posted(title="New", slug="new"))
        assert latest(ArticlePage.objects.get(slug="new")).is_medical

        copied = {"new_title": "C", "new_slug": "copy", "new_parent_page": index.pk}
        client.post(
            reverse("wagtailadmin_pages:copy", args=[submitted.pk]),
            {**copied, "is_medical": ""},
        )
        assert latest(ArticlePage.objects.get(slug="copy")).is_medical

    def test_what_was_published_meanwhile_is_asked_for_afterwards(
        self, approved, reviewer
    ):
        decide(approved)
        moderator = UserFactory(is_superuser=True)
        draft = latest(approved)
        draft.is_medical, draft.standfirst = False, "Something else."
        draft.save_revision(user=moderator).publish(user=moderator)
        assert stored(approved).shown_review.changed_on

        again = latest(approved)
        again.is_medical = True
        problems = publishing_problems(again)

        assert [(each.code, each.level) for each in problems] == [
            ("unreviewed", "block")
        ]
        with pytest.raises(PublishBlocked, match=CHANGED):
            again.save_revision(user=moderator).publish()

    def test_before_the_record_was_published_it_is_asked_for_as_well(
        self, approved, editor
    ):
        stored(approved).current_workflow_state.cancel(user=editor)
        moderator = UserFactory(is_superuser=True)
        draft = latest(approved)
        draft.is_medical, draft.standfirst = False, "Something else."
        draft.save_revision(user=moderator).publish(user=moderator)
        assert stored(approved).shown_review is None

        again = latest(approved)
        again.is_medical = True

        with pytest.raises(PublishBlocked, match=CHANGED):
            again.save_revision(user=moderator).publish()


class TestAnAccountThatIsClosed:
    def test_approves_nothing_in_the_window_it_has_open(
        self, submitted, reviewer, client
    ):
        client.force_login(reviewer)
        state = submitted.current_workflow_task_state
        args = [submitted.pk, "approve", state.pk]
        url = reverse("wagtailadmin_pages:workflow_action", args=args)
        given = answers(submitted)
        reviewer.is_active = False
        reviewer.save()

        client.post(url, given, headers={"x-requested-with": "XMLHttpRequest"})

        assert not ReviewRecord.objects.exists()
        status = TaskState.objects.get(pk=state.pk).status
        assert status == TaskState.STATUS_IN_PROGRESS


class TestAnAuthorWithoutAByline:
    """Where a page names no author, whoever created it has written it."""

    def test_does_not_review_it_after_a_colleague_has_changed_a_comma(
        self, submitted, reviewer
    ):
        ArticlePage.objects.update(owner=reviewer)
        draft = latest(submitted)
        draft.standfirst = "What it says briefly."
        draft.save_revision(user=UserFactory())

        with pytest.raises(PublishBlocked, match="has created this page"):
            approve(submitted, reviewer)

    @pytest.mark.parametrize("role", sorted(Contribution.WRITING))
    def test_reviews_it_where_others_are_named_as_its_authors(
        self, role, submitted, reviewer
    ):
        ArticlePage.objects.update(owner=reviewer)
        draft = latest(submitted)
        draft.contributions = [Contribution(name="Bo Lind", role=role)]
        draft.save_revision(user=UserFactory())

        assert approve(submitted, reviewer)

    @pytest.mark.parametrize(
        "role", sorted(set(Contribution.Role) - Contribution.WRITING)
    )
    def test_does_not_review_it_where_others_have_only_helped(
        self, role, submitted, reviewer
    ):
        ArticlePage.objects.update(owner=reviewer)
        draft = latest(submitted)
        draft.contributions = [Contribution(name="Bo Lind", role=role)]
        draft.save_revision(user=UserFactory())

        with pytest.raises(PublishBlocked, match="has created this page"):
            approve(submitted, reviewer)
