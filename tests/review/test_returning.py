"""What a change after the approval does to the review."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision, TaskState, WorkflowTask

from articles.models.article_page import ArticlePage
from core.publishing.gate import PublishBlocked
from review.models import MedicalReviewTask, ReviewRecord
from tests.helpers.factories import UserFactory
from tests.helpers.factories_review import approve, clinician, latest, review_workflow
from tests.helpers.page_form import edit_url, posted

pytestmark = pytest.mark.django_db
SAME = {
    "text": "Just right",
    "level": "2",
    "title": "Rest and work",
    "slug": "rest",
    "standfirst": "What it says, briefly.",
    "is_medical": "on",
}


@pytest.fixture
def approved(submitted, reviewer):
    """A page that waits for moderators, its review approved."""
    approve(submitted, reviewer)
    return submitted


@pytest.fixture
def moderator(roles, client):
    user = UserFactory(username="moderator")
    user.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(user)
    return user


def step(page):
    return ArticlePage.objects.get(pk=page.pk).current_workflow_task.name


def changed(page, user=None, **fields):
    draft = latest(page)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=user or UserFactory())
    return draft


class TestBeforePublication:
    def test_a_change_goes_back_to_the_review_and_says_so(
        self, approved, moderator, client
    ):
        post = posted(**{**SAME, "text": "Take twice as much"})

        shown = client.post(edit_url(approved), post, follow=True).content.decode()

        assert step(approved) == "Medical review"
        assert "it waits for the medical review again" in shown
        entry = PageLogEntry.objects.get(action="review.returned")
        assert entry.user == moderator
        assert entry.data["task"] == "Medical review"

    def test_a_save_that_changes_nothing_does_not(self, approved, moderator, client):
        client.post(edit_url(approved), posted(**SAME))

        assert latest(approved).pk
        assert step(approved) == "Approval by Moderators"

    def test_autosave_counts_as_any_other(self, approved, moderator, client):
        post = posted(**{**SAME, "text": "Take twice as much"})

        answer = client.post(
            edit_url(approved), post, headers={"accept": "application/json"}
        )

        assert answer.json()["success"]
        assert step(approved) == "Medical review"

        # What is typed next is stored as well.
        more = posted(**{**SAME, "text": "Take twice as much, and more"})
        client.post(edit_url(approved), more)
        assert "and more" in str(latest(approved).body)

    def test_spelling_that_is_marked_does_not(self, approved):
        changed(approved, standfirst="What it sais, briefly.", spelling_only=True)

        assert step(approved) == "Approval by Moderators"

    def test_what_was_reviewed_is_kept_beside_the_correction(self, approved):
        record = ReviewRecord.objects.get()
        draft = latest(approved)
        draft.standfirst = "What it sais, briefly."
        draft.spelling_only = True

        reviewed = record.revision
        draft.save_revision(user=reviewed.user, overwrite_revision=reviewed)

        assert step(approved) == "Approval by Moderators"
        record.refresh_from_db()
        assert record.version.said["standfirst"] == "What it says, briefly."
        assert latest(approved).standfirst == "What it sais, briefly."

    def test_spelling_is_not_judged_where_what_was_reviewed_is_gone(self, approved):
        changed(approved, seo_title="For search engines")
        reviewed = ReviewRecord.objects.get().revision
        content = {**reviewed.content, "standfirst": "What it sais, briefly."}
        Revision.objects.filter(pk=reviewed.pk).update(content=content)

        changed(approved, standfirst="What it sais, briefly.", spelling_only=True)

        assert step(approved) == "Medical review"

    @pytest.mark.parametrize(
        "fields",
        [
            {"standfirst": "Take 20 mg."},
            {"standfirst": "A word in its place. " * 11},
            {"standfirst": "What it sais, briefly.", "significant_change": True},
        ],
    )
    def test_what_is_no_spelling_goes_back_however_it_is_marked(self, approved, fields):
        changed(approved, spelling_only=True, **fields)

        assert step(approved) == "Medical review"

    def test_metadata_does_not(self, approved):
        changed(approved, seo_title="For search engines", search_description="Short.")

        assert step(approved) == "Approval by Moderators"

    def test_what_was_approved_after_the_review_is_asked_again(
        self, approved, reviewer, moderator
    ):
        changed(approved, standfirst="Something else.")
        second = approve(approved, reviewer)

        assert step(approved) == "Approval by Moderators"
        assert ReviewRecord.objects.count() == 2
        state = ArticlePage.objects.get(pk=approved.pk).current_workflow_task_state
        state.task.specific.on_action(state, moderator, "approve")
        page = ArticlePage.objects.get(pk=approved.pk)
        assert page.live
        assert page.review == second

    def test_after_a_rejection_the_page_is_submitted_to_the_review_again(
        self, approved, moderator, editor
    ):
        state = ArticlePage.objects.get(pk=approved.pk).current_workflow_task_state
        state.reject(user=moderator)
        changed(approved, standfirst="Something else.")

        page = ArticlePage.objects.get(pk=approved.pk)
        page.current_workflow_state.resume(user=editor)

        assert step(approved) == "Medical review"

    def test_who_changes_and_approves_at_once_is_sent_to_the_review(
        self, approved, moderator, client
    ):
        post = posted(
            **{
                **SAME,
                "text": "Take twice as much",
                "action-workflow-action": "1",
                "workflow-action-name": "approve",
            }
        )

        shown = client.post(edit_url(approved), post, follow=True).content.decode()

        assert "which you cannot give" in shown
        assert step(approved) == "Medical review"
        assert not ArticlePage.objects.get(pk=approved.pk).live

    def test_a_change_that_slips_in_is_not_published(self, approved, moderator):
        """Such as one that another process stored past the page's own method."""
        draft = latest(approved)
        draft.standfirst = "Something else."
        revision = approved.get_latest_revision()
        type(revision).objects.filter(pk=revision.pk).update(
            content=draft.serializable_data()
        )
        state = ArticlePage.objects.get(pk=approved.pk).current_workflow_task_state

        with pytest.raises(PublishBlocked, match="has changed since Ada Quay"):
            state.task.specific.on_action(state, moderator, "approve")

        assert TaskState.objects.get(pk=state.pk).status == "in_progress"
        assert not ArticlePage.objects.get(pk=approved.pk).live


def test_of_two_reviews_the_first_that_saw_something_else_is_asked_again(
    article, index, people, reviewer, editor
):
    workflow = review_workflow(index)
    second = MedicalReviewTask.objects.create(name="Second opinion")
    second.groups.set(Group.objects.filter(user=reviewer))
    WorkflowTask.objects.create(workflow=workflow, task=second, sort_order=1)
    last = MedicalReviewTask.objects.create(name="Third opinion")
    WorkflowTask.objects.create(workflow=workflow, task=last, sort_order=2)
    workflow.start(article, editor)
    approve(article, reviewer)
    approve(article, clinician(people))
    assert step(article) == "Third opinion"

    changed(article, standfirst="Something else.")

    assert step(article) == "Medical review"


class TestMarks:
    def test_of_others_do_not_cover_what_somebody_else_writes(self, approved, editor):
        changed(
            approved,
            standfirst="What it sais, briefly.",
            spelling_only=True,
            user=editor,
        )
        other = UserFactory()

        # Saved again as it is, the mark stays.
        changed(approved, user=other, seo_title="For search engines")
        assert latest(approved).spelling_only
        assert step(approved) == "Approval by Moderators"

        changed(approved, standfirst="What it sais, breifly.", user=editor)
        changed(approved, standfirst="What it syas, breifly.", user=other)
        assert not latest(approved).spelling_only
        assert step(approved) == "Medical review"

    @pytest.mark.parametrize("role", ["Editors", "Moderators"])
    def test_medical_is_taken_off_by_who_may_and_not_by_an_older_version(
        self, article, role, client, roles
    ):
        older = latest(article)
        older.is_medical = False
        plain = older.save_revision()
        newer = latest(article)
        newer.is_medical = True
        newer.save_revision()
        user = UserFactory()
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        url = reverse(
            "wagtailadmin_pages:revisions_revert", args=[article.pk, plain.pk]
        )

        client.post(url, posted(**{k: v for k, v in SAME.items() if k != "is_medical"}))

        assert article.revisions.count() == 4
        assert latest(article).is_medical == (role == "Editors")
