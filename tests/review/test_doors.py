"""What nobody has reviewed goes live through no door, and a refusal changes nothing."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from core.publishing.gate import PublishBlocked
from home.models import ContentPage
from tests.helpers import publishing_doors as doors
from tests.helpers.factories import ContentPageFactory, SiteImageFactory, UserFactory
from tests.helpers.factories_review import record_of
from tests.helpers.publishing_doors import TOMORROW, Refused, heading
from tests.helpers.refusals import DOORS, changed_by

pytestmark = pytest.mark.django_db
CHANGED = "has changed since Ada Quay, MD reviewed it"
UNREVIEWED = heading("Take twice as much")
NEVER = "No clinician has reviewed"
# A page of its own was never reviewed, whatever its source has passed.
OF_NEW_PAGES = {
    doors.create_form: NEVER,
    doors.create_form_for_later: NEVER,
    doors.copy_form: "goes to a medical review of its own first",
    doors.api_copy: NEVER,
    doors.api_copy_of_a_branch: NEVER,
    doors.copy_in_code: NEVER,
    doors.copy_of_a_branch_in_code: NEVER,
}
# An alias shows what its source shows: see the tests below.
OF_ALIASES = {
    doors.copy_form_for_an_alias,
    doors.api_alias_of_a_branch,
    doors.alias_in_code,
    doors.alias_of_a_branch_in_code,
}


@pytest.fixture
def index(home):
    """A live page above those refused."""
    return ContentPageFactory(parent=home, title="Section", slug="section")


@pytest.fixture
def workflow(index, roles):
    """Two steps, none of them a medical review."""
    workflow = Workflow.objects.create(name="Law and language")
    for order, name in enumerate(["Law", "Language"]):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name="Moderators"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=index)
    return workflow


@pytest.fixture
def refused(request, index, workflow, reviewer, log_in):
    """A live page: one reviewed version is scheduled, a later one waits unreviewed."""
    person = reviewer.reviewer.person
    page = ContentPageFactory(
        parent=index,
        slug="page",
        live=False,
        is_medical=True,
        body=heading("As it is"),
        lead_image=SiteImageFactory(),
    )
    record_of(page, person)
    page.save_revision().publish()
    page = ContentPage.objects.get(pk=page.pk)
    page.body = heading("Scheduled")
    record_of(page, person)
    page.save_revision(approved_go_live_at=TOMORROW)
    page.body = UNREVIEWED
    page.lead_image = SiteImageFactory()
    page.save_revision()
    workflow.start(page, log_in("Editors").user)
    page = ContentPage.objects.get(pk=page.pk)
    law = page.current_workflow_task_state
    law.task.specific.on_action(law, UserFactory(is_superuser=True), "approve")
    page = ContentPage.objects.get(pk=page.pk)
    sentence = OF_NEW_PAGES.get(request.param, CHANGED)
    return Refused(page, UNREVIEWED, sentence, log_in, {"is_medical": "on"})


@pytest.mark.parametrize(
    ("door", "refused"),
    [(door, door) for door in DOORS if door not in OF_ALIASES],
    indirect=["refused"],
    ids=[door.__name__ for door in DOORS if door not in OF_ALIASES],
)
def test_a_refusal_for_want_of_a_review_changes_nothing(door, refused):
    assert changed_by(door, refused) == DOORS[door]
    live = ContentPage.objects.get(pk=refused.page.pk)
    assert "Scheduled" not in str(live.body)
    assert live.review is not None


class TestAliases:
    @pytest.fixture
    def reviewed(self, index, reviewer):
        page = ContentPageFactory(
            parent=index, slug="page", live=False, is_medical=True, body=UNREVIEWED
        )
        record_of(page, reviewer.reviewer.person)
        page.save_revision().publish()
        return ContentPage.objects.get(pk=page.pk)

    def test_show_the_review_of_what_they_show(self, reviewed):
        alias = reviewed.create_alias(update_slug="alias")

        assert alias.live
        assert alias.shown_review.record == reviewed.review

    def test_of_a_draft_go_live_no_sooner_than_it(self, index):
        draft = ContentPageFactory(
            parent=index, slug="page", live=False, is_medical=True, body=UNREVIEWED
        )
        alias = ContentPage.objects.get(pk=draft.create_alias(update_slug="a").pk)

        alias.live = True
        with pytest.raises(PublishBlocked, match=NEVER):
            alias.save()
        with pytest.raises(PublishBlocked, match=NEVER):
            alias.save(update_fields=["live"])

    def test_that_follow_no_longer_are_pages_that_nobody_reviewed(
        self, reviewed, log_in
    ):
        alias = reviewed.create_alias(update_slug="alias")
        assert ContentPage.objects.get(pk=alias.pk).review is None
        # As they were stored before.
        ContentPage.objects.filter(pk=alias.pk).update(review=reviewed.review)
        url = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])
        log_in(None).post(url)

        page = ContentPage.objects.get(pk=alias.pk)
        assert page.alias_of is None
        assert page.shown_review is None
        page.body = heading("Take half")
        with pytest.raises(PublishBlocked, match=NEVER):
            page.save_revision().publish()
