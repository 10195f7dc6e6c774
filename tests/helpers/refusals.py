"""What a refusal at a door of `publishing_doors` may leave different, and what did."""

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
from tests.helpers.publishing_doors import TOMORROW

_KEPT = [
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
DOORS = {
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


def rows():
    """Every row that a publication may touch."""
    return {
        (model.__name__, row["pk"]): row
        for model in _KEPT
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
