"""Who may approve a review, and what the record keeps of it."""

import json
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Task, TaskState

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.publishing.gate import PublishBlocked
from home.roles import REVIEWERS
from people.models import Credential
from review.approving import in_months
from review.models import ChecklistItem, ReviewRecord
from review.models.records import RecordIsKept
from tests.helpers.at_once import at_once
from tests.helpers.factories import PersonPageFactory, UserFactory
from tests.helpers.factories_review import (
    answers,
    approve,
    clinician,
    latest,
    review_workflow,
)
from tests.helpers.page_form import edit_url, posted

pytestmark = pytest.mark.django_db


def window(page, action="approve"):
    args = [page.pk, action, page.current_workflow_task_state.pk]
    return reverse("wagtailadmin_pages:workflow_action", args=args)


def post(client, page, data, url=None):
    ajax = {"x-requested-with": "XMLHttpRequest"}
    return client.post(url or window(page), data, headers=ajax)


def refused(page, user, **changed):
    with pytest.raises(PublishBlocked) as refusal:
        approve(page, user, **changed)
    assert not ReviewRecord.objects.exists()
    state = page.current_workflow_task_state
    assert state.status == TaskState.STATUS_IN_PROGRESS
    return " ".join(refusal.value.messages)


class TestTheRecord:
    def test_keeps_who_reviewed_which_version_and_what_was_ticked(
        self, submitted, reviewer
    ):
        ChecklistItem.objects.all().delete()
        ChecklistItem.objects.create(text="Doses are right.", position=1)

        record = approve(
            submitted,
            reviewer,
            independence="declared",
            interest="Employed by the clinic.",
            changes="A dose was corrected.",
        )

        ChecklistItem.objects.update(text="Something else.")
        record.refresh_from_db()
        assert record.page_id == submitted.pk
        assert record.revision == submitted.get_latest_revision()
        assert record.person == reviewer.reviewer.person
        assert record.reviewer == reviewer
        assert record.name == "Ada Quay, MD"
        assert record.credential == "Registration in neurology, Medical register"
        assert record.checklist == ["Doses are right."]
        assert record.interest == "Employed by the clinic."
        assert record.changes == "A dose was corrected."
        assert record.due_on == in_months(12)

    def test_is_neither_changed_nor_deleted(self, submitted, reviewer):
        record = approve(submitted, reviewer)

        record.name = "Somebody else"
        records = ReviewRecord.objects.all()
        for attempt in (
            record.save,
            record.delete,
            records.delete,
            lambda: records.update(name="x"),
        ):
            with pytest.raises(RecordIsKept):
                attempt()

    def test_stays_when_the_page_is_deleted(self, submitted, reviewer):
        record = approve(submitted, reviewer)
        submitted.delete()

        record.refresh_from_db()
        assert record.page_id is None
        assert record.name == "Ada Quay, MD"

    def test_is_not_written_for_a_rejection(self, submitted, reviewer, client):
        client.force_login(reviewer)

        post(client, submitted, {"comment": "Wrong dose"}, window(submitted, "reject"))

        state = TaskState.objects.get(workflow_state__object_id=str(submitted.pk))
        assert state.status == TaskState.STATUS_REJECTED
        assert not ReviewRecord.objects.exists()


class TestFourEyes:
    def test_an_author_is_refused(self, submitted, reviewer):
        draft = latest(submitted)
        draft.contributions = [Contribution(person=reviewer.reviewer.person)]
        draft.save_revision(user=UserFactory())

        assert "names “Ada Quay” among those who made it" in refused(
            submitted, reviewer
        )

    def test_an_author_whose_name_was_typed_is_refused(self, submitted, reviewer):
        draft = latest(submitted)
        draft.contributions = [Contribution(name="ada quay ", role="editor")]
        draft.save_revision(user=UserFactory())

        assert "among those who made it" in refused(submitted, reviewer)

    def test_the_last_editor_is_refused(self, submitted, reviewer):
        draft = latest(submitted)
        draft.standfirst = "Of the reviewer."
        draft.save_revision(user=reviewer)
        # A colleague who saves the same words has changed nothing.
        latest(submitted).save_revision(user=UserFactory())

        assert "made the last change" in refused(submitted, reviewer)

    def test_the_last_editor_is_refused_whatever_they_call_the_change(
        self, submitted, reviewer
    ):
        draft = latest(submitted)
        draft.standfirst = "What it sais, briefly."
        draft.spelling_only = True
        draft.save_revision(user=reviewer)

        assert "made the last change" in refused(submitted, reviewer)

    def test_who_saved_what_was_there_is_no_editor(self, submitted, reviewer):
        latest(submitted).save_revision(user=reviewer)

        assert approve(submitted, reviewer)

    def test_somebody_without_a_profile_is_refused(self, submitted, roles):
        nobody = UserFactory()
        nobody.groups.add(Group.objects.get_or_create(name=REVIEWERS)[0])

        assert "person with a profile" in refused(submitted, nobody)

    def test_an_unpublished_profile_is_refused(self, submitted, reviewer):
        reviewer.reviewer.person.unpublish()

        assert "is not published" in refused(submitted, reviewer)

    @pytest.mark.parametrize(
        "change", [{"is_clinical": False}, {"name": "Something grander"}]
    )
    def test_a_credential_that_was_not_checked_is_refused(
        self, submitted, reviewer, change
    ):
        Credential.objects.update(**change)

        assert "No clinical credential" in refused(submitted, reviewer)

    def test_somebody_of_another_group_is_refused(self, submitted, people, roles):
        stranger = clinician(people)
        stranger.groups.clear()

        assert "which you cannot give" in refused(submitted, stranger)

    def test_a_superuser_without_a_profile_is_refused(self, submitted):
        admin = UserFactory(is_superuser=True)

        assert "person with a profile" in refused(submitted, admin)


class TestTheForm:
    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"independence": ""}, "Independence"),
            ({"independence": "declared"}, "Say which interest"),
            ({"interest": "A share"}, "declare it"),
            ({"due_on": in_months(25).isoformat()}, "at most 24 months"),
            ({"due_on": date(2020, 1, 1).isoformat()}, "after today"),
            ({"due_on": "soon"}, "Next review due"),
            ({"version": "of before"}, "since you opened this form"),
        ],
    )
    def test_asks_for_every_answer(self, submitted, reviewer, changed, sentence):
        assert sentence in refused(submitted, reviewer, **changed)

    def test_asks_for_every_item_in_its_present_words(self, submitted, reviewer):
        item = ChecklistItem.objects.create(text="Doses are right.")
        read = answers(submitted)
        ChecklistItem.objects.filter(pk=item.pk).update(text="Doses are wrong.")

        assert "Doses are wrong.: Tick this" in refused(
            submitted,
            reviewer,
            **read,
            **{name: "" for name in answers(submitted) if name not in read},
        )

    def test_shows_its_errors_in_the_window_and_keeps_what_was_typed(
        self, submitted, reviewer, client
    ):
        client.force_login(reviewer)
        given = answers(submitted, due_on="", changes="Typed at length")

        shown = json.loads(post(client, submitted, given).content)["html"]

        assert "Typed at length" in shown
        assert "Say when the page is to be reviewed next" in shown
        assert not ReviewRecord.objects.exists()

    def test_refuses_the_author_in_the_window(self, submitted, reviewer, client):
        draft = latest(submitted)
        draft.contributions = [Contribution(person=reviewer.reviewer.person)]
        draft.save_revision(user=UserFactory())
        client.force_login(reviewer)

        answer = post(client, submitted, answers(submitted))
        shown = json.loads(answer.content)["html"]

        assert "Somebody else must review it" in shown

    def test_is_not_shown_to_who_cannot_approve(self, submitted, reviewer, client):
        client.force_login(reviewer)
        assert "independence" in client.get(window(submitted)).json()["html"]
        draft = latest(submitted)
        draft.contributions = [Contribution(person=reviewer.reviewer.person)]
        draft.save_revision(user=UserFactory())

        shown = client.get(window(submitted)).json()["html"]

        assert "Somebody else must review it" in shown
        assert "independence" not in shown

    def test_confirms_something(self, submitted, reviewer, client):
        ChecklistItem.objects.all().delete()
        client.force_login(reviewer)

        assert "checklist is empty" in client.get(window(submitted)).json()["html"]
        assert "checklist is empty" in refused(submitted, reviewer)

    def test_approves_from_the_window(self, submitted, reviewer, client):
        client.force_login(reviewer)

        answer = post(client, submitted, answers(submitted))

        assert json.loads(answer.content)["step"] == "success"
        assert ReviewRecord.objects.get().page_id == submitted.pk
        page = ArticlePage.objects.get(pk=submitted.pk)
        assert page.current_workflow_task.name == "Approval by Moderators"
        assert not page.live

    def test_approves_from_the_editor_with_what_its_window_collected(
        self, submitted, reviewer, client
    ):
        reviewer.groups.add(Group.objects.get(name="Editors"))
        client.force_login(reviewer)
        state = submitted.current_workflow_task_state
        args = [submitted.pk, "approve", state.pk]
        url = reverse("wagtailadmin_pages:collect_workflow_action_data", args=args)
        answer = post(client, submitted, answers(submitted), url)
        data = json.dumps(json.loads(answer.content)["cleaned_data"])

        response = client.post(
            edit_url(submitted),
            posted(
                level="2",
                text="Just right",
                title="Rest and work",
                slug="rest",
                standfirst="What it says, briefly.",
                is_medical="on",
                **{
                    "action-workflow-action": "1",
                    "workflow-action-name": "approve",
                    "workflow-action-extra-data": data,
                },
            ),
            follow=True,
        )

        assert response.status_code == 200
        assert ReviewRecord.objects.get().person == reviewer.reviewer.person


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_reviewers_write_one_record(self, submitted, reviewer, people):
        other = clinician(people, title="Ben Strand")
        given = answers(submitted)

        def approval(user):
            state = ArticlePage.objects.get(pk=submitted.pk).current_workflow_task_state

            def press():
                try:
                    state.task.specific.on_action(state, user, "approve", **given)
                except PublishBlocked as refusal:
                    return refusal.messages
                return []

            return press

        told = at_once(approval(reviewer), approval(other))

        assert sorted(map(len, told)) == [0, 1]
        assert "Somebody else has decided" in str(told)
        assert ReviewRecord.objects.count() == 1


def test_the_profile_of_somebody_else_cannot_be_borrowed(submitted, reviewer, people):
    """The form's answers name nobody: the account decides."""
    other = PersonPageFactory(parent=people)

    record = approve(submitted, reviewer, person=other.pk, name="Somebody")

    assert record.person == reviewer.reviewer.person


def test_a_page_that_is_not_medical_passes_the_step(article, workflow, editor):
    article.is_medical = False
    article.save_revision()

    workflow.start(article, editor)

    page = ArticlePage.objects.get(pk=article.pk)
    assert page.current_workflow_task.name == "Approval by Moderators"


class TestNobodyPublishesAlone:
    """By submitting a page that no step would have to approve."""

    @pytest.fixture
    def plain(self, article, editor):
        article.is_medical = False
        article.save_revision()
        editor.groups.add(Group.objects.get(name="Editors"))
        return article

    def test_a_workflow_of_a_medical_review_alone_waits_for_it(
        self, plain, index, editor, reviewer
    ):
        review_workflow(index).start(plain, editor)

        page = ArticlePage.objects.get(pk=plain.pk)
        assert page.current_workflow_task.name == "Medical review"
        assert not page.live
        approve(page, reviewer)
        assert ArticlePage.objects.get(pk=plain.pk).live

    def test_a_workflow_without_an_active_step_publishes_for_publishers_alone(
        self, plain, index, editor
    ):
        workflow = review_workflow(index)
        Task.objects.update(active=False)

        with pytest.raises(PublishBlocked, match="has approved this page"):
            workflow.start(plain, editor)
        assert not ArticlePage.objects.get(pk=plain.pk).live

        workflow.start(plain, UserFactory(is_superuser=True))
        assert ArticlePage.objects.get(pk=plain.pk).live

    def test_who_submits_in_the_editor_is_told(self, plain, index, editor, client):
        review_workflow(index)
        Task.objects.update(active=False)
        client.force_login(editor)
        sent = posted(
            level="2",
            text="Just right, as typed",
            title="Rest and work",
            slug="rest",
            standfirst="What it says, briefly.",
            **{"action-submit": "1"},
        )

        shown = client.post(edit_url(plain), sent, follow=True).content.decode()

        assert "has approved this page" in shown
        assert not ArticlePage.objects.get(pk=plain.pk).live
        assert "as typed" in str(latest(plain).body)
