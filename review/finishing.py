"""What happens when the last step of a workflow is approved."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the page; a setting of Wagtail's names this.

    Also when the last step was that of a clinician, who may approve pages and not
    publish them otherwise: whoever drew up the workflow has decided that it is enough.
    Where every step was passed over, or none is active, nobody has approved, and
    whoever submitted the page needs the right to publish it.

    Raises:
        core.publishing.gate.PublishBlocked: Nobody has approved the page.
    """
    revision = workflow_state.content_object.get_latest_revision()
    steps = workflow_state.task_states
    is_approved = steps.filter(status=steps.model.STATUS_APPROVED).exists()
    try:
        revision.publish(user=user, skip_permission_checks=is_approved)
    except PermissionDenied as error:
        raise _not_approved(workflow_state) from error


def _not_approved(workflow_state: Any) -> Exception:
    # Wagtail's models import this module, and the gate imports them.
    from core.publishing.gate import Problem, PublishBlocked

    sentence = gettext(
        "No step of the workflow “{name}” has approved this page, and you cannot "
        "publish it yourself. Your text is saved. Ask an administrator to add a step "
        "that somebody approves."
    ).format(name=workflow_state.workflow.name)
    problem = Problem("not-approved", "block", sentence)
    return PublishBlocked(workflow_state.content_object, [problem])
