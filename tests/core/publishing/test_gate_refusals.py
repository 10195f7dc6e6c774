"""What a refusal leaves as it was, at any door through which a page can go live."""

import pytest
from wagtail.models import (
    Page,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    TaskState,
    WorkflowState,
)

from home.models import ContentPage
from tests.helpers import publishing_doors as doors
from tests.helpers.factories import ContentPageFactory, SiteImageFactory
from tests.helpers.publishing_doors import TOMORROW, Refused, heading

KEPT = [
    Page,
    ContentPage,
    Revision,
    WorkflowState,
    TaskState,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
]
NOTHING: set[str] = set()
# What was typed into a form that the gate is not asked in becomes a draft.
THE_DRAFT = {
    "Revision is new",
    "PageLogEntry is new",
    "Page.latest_revision_id",
    "Page.latest_revision_created_at",
    "Page.draft_title",
}
# It is due no longer, and the page's history says why.
THE_REPORT = {"Revision.approved_go_live_at", "PageLogEntry is new"}
# Doors, and what may be different behind them.
TABLE = {
    doors.page_form: NOTHING,
    doors.page_form_for_later: NOTHING,
    doors.form_of_an_earlier_version: NOTHING,
    doors.create_form: NOTHING,
    doors.create_form_for_later: NOTHING,
    doors.copy_form: NOTHING,
    doors.copy_form_for_an_alias: NOTHING,
    doors.bulk_publishing: NOTHING,
    doors.approval_in_the_editor: THE_DRAFT,
    doors.approval_in_the_window: NOTHING,
    doors.api_publish: NOTHING,
    doors.api_publish_later: NOTHING,
    doors.api_copy: NOTHING,
    doors.api_copy_of_a_branch: NOTHING,
    doors.api_alias_of_a_branch: NOTHING,
    doors.a_version_in_code: NOTHING,
    doors.a_version_for_later_in_code: NOTHING,
    doors.an_earlier_version_in_code: NOTHING,
    doors.saving_in_code: NOTHING,
    doors.saving_that_it_is_live: NOTHING,
    doors.saving_as_a_plain_page: NOTHING,
    doors.copy_in_code: NOTHING,
    doors.copy_of_a_branch_in_code: NOTHING,
    doors.alias_in_code: NOTHING,
    doors.alias_of_a_branch_in_code: NOTHING,
    doors.when_it_is_due: THE_REPORT,
}
BY_A_RULE = heading("Too deep", "3"), "skips a level"
FOR_AN_EMPTY_BLOCK = heading(""), "This field is required."


def rows():
    """Every row that a publication may touch."""
    return {
        (model.__name__, row["pk"]): row
        for model in KEPT
        for row in model.objects.values(
            "pk", *(field.attname for field in model._meta.local_concrete_fields)
        )
    }


def differences(before, after):
    """Tell in words what is new, gone or changed."""
    found = {f"{table} is gone" for table, _ in before.keys() - after.keys()}
    found |= {f"{table} is new" for table, _ in after.keys() - before.keys()}
    for key in before.keys() & after.keys():
        one, other = before[key], after[key]
        found |= {f"{key[0]}.{name}" for name in one if one[name] != other[name]}
    return found


@pytest.fixture
def index(home):
    """A live page above those refused, where the fixture ``workflow`` applies."""
    return ContentPageFactory(parent=home, title="Section", slug="section")


@pytest.fixture
def refused(request, index, workflow, log_in):
    """A live page: one good version is scheduled, a later bad one is submitted."""
    body, sentence = request.param
    page = ContentPageFactory(
        parent=index,
        slug="page",
        body=heading("As it is"),
        lead_image=SiteImageFactory(),
    )
    page.body = heading("Scheduled")
    page.save_revision(approved_go_live_at=TOMORROW)
    page.body = body
    page.lead_image = SiteImageFactory()
    page.save_revision(clean=False)
    workflow.start(page, log_in("Editors").user)
    return Refused(ContentPage.objects.get(pk=page.pk), body, sentence, log_in)


def changed_by(door, refused):
    """Try the door; the earlier schedule must stand as it did."""
    attempt = door(refused)
    next(attempt)
    before = rows()
    scheduled = Revision.objects.filter(approved_go_live_at=TOMORROW)
    kept = set(scheduled.values_list("pk", flat=True))

    next(attempt, None)

    assert set(scheduled.values_list("pk", flat=True)) == kept
    return differences(before, rows())


@pytest.mark.parametrize("refused", [BY_A_RULE], indirect=True, ids=[""])
@pytest.mark.parametrize("door", TABLE, ids=lambda door: door.__name__)
def test_a_refusal_by_a_rule_changes_nothing(door, refused):
    assert changed_by(door, refused) == TABLE[door]


@pytest.mark.parametrize("refused", [FOR_AN_EMPTY_BLOCK], indirect=True, ids=[""])
@pytest.mark.parametrize("door", TABLE, ids=lambda door: door.__name__)
def test_an_empty_block_goes_live_through_no_door(door, refused):
    # The form in which it is approved asks for what is missing by itself.
    is_form = door is doors.approval_in_the_editor
    assert changed_by(door, refused) == (NOTHING if is_form else TABLE[door])
