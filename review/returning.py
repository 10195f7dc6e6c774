"""Takes a page back to its medical review when it is changed after the approval."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from review.history.settled import says_the_same, settled_in
from review.spelling import is_spelling
from review.versions import version_of

RETURNED = "review.returned"  # in a page's history


def take_back(page: Any, revision: Any, user: Any) -> bool:
    """Take ``page``, just saved as ``revision``, back to its review; return whether.

    Only where it is still on its way, was approved on this way, and says something
    else now. What the editor marks as spelling alone, and is, does not count.
    """
    under_way = page.current_workflow_state
    approved = _first_outdated(under_way, page) if under_way else None
    if approved is None:
        return False
    _return(under_way, approved, user)
    log(
        page,
        RETURNED,
        user=user,
        revision=revision,
        data={"task": approved.task.name},
    )
    return True


def _first_outdated(under_way: Any, page: Any) -> TaskState | None:
    """Return the earliest step of a workflow that has approved something else."""
    states = under_way.task_states.filter(
        status=TaskState.STATUS_APPROVED, review_record__isnull=False
    ).select_related("task", "review_record")
    if not states:
        return None
    order = dict(under_way.workflow.workflow_tasks.values_list("task", "sort_order"))
    now, settled = version_of(page), settled_in(page)
    is_marked = page.spelling_only and not page.significant_change
    for state in sorted(states, key=lambda each: order.get(each.task_id, 0)):
        record = state.review_record
        if record.digest == now.digest or says_the_same(now, record.version, settled):
            continue
        if not (is_marked and is_spelling(record.version, now)):
            outdated: TaskState = state
            return outdated
    return None


def _return(under_way: Any, approved: TaskState, user: Any) -> None:
    """Have the workflow stand where it stood before the review.

    What was approved after it is asked again as well.
    """
    order = under_way.workflow.workflow_tasks
    place = order.filter(task=approved.task_id).values_list("sort_order", flat=True)
    again = order.filter(sort_order__gte=place.first() or 0).values("task")
    states = under_way.task_states.filter(task__in=again)
    # Not through Wagtail's own `cancel`, which would go on to the next step.
    states.filter(
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED]
    ).update(status=TaskState.STATUS_CANCELLED)
    states.filter(status=TaskState.STATUS_IN_PROGRESS).update(
        status=TaskState.STATUS_CANCELLED, finished_at=timezone.now()
    )
    under_way.current_task_state = TaskState.objects.get(pk=approved.pk)
    under_way.save()
    # One that was sent back to its author goes on when it is submitted again.
    if under_way.status == WorkflowState.STATUS_IN_PROGRESS:
        under_way.update(user=user, next_task=approved.task.specific)
