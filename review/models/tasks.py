"""The step of a workflow at which a clinician reviews the page."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, TaskState

from core.publishing.gate import Problem, PublishBlocked
from review.approving import approval_form, approve


class MedicalReviewTask(GroupApprovalTask):
    """A step that only a clinician can approve, who neither wrote nor edited it."""

    # Whom the window that opens next is for: Wagtail asks for the actions first.
    _asked: tuple[Any, Any] | None = None

    class Meta:
        verbose_name = _("medical review")
        verbose_name_plural = _("medical reviews")

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "Members of the groups can approve it who have a profile with a checked "
            "clinical credential and are neither an author of the page nor its last "
            "editor"
        )

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Begin the step; a page that is not medical passes it by itself.

        Only where another step approves it: else nobody would have.
        """
        page = workflow_state.content_object.specific_deferred
        draft = page.get_latest_revision_as_object()
        is_medical = getattr(draft, "is_medical", True)
        if is_medical or not _is_approved_elsewhere(workflow_state):
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            revision=page.get_latest_revision(),
            task=self,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Leave the page open to its editors, who would lose what they type.

        A change that went back to the review arrives with autosave. A reviewer who has
        not seen one cannot approve.
        """
        return False

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        self._asked = (obj, user)
        if not super().get_actions(obj, user):
            return []
        return [
            ("reject", gettext("Request changes"), True),
            ("approve", gettext("Approve the review"), True),
        ]

    def get_form_for_action(self, action: str) -> Any:
        if action == "approve":
            return approval_form(lambda: self._asked)
        return super().get_form_for_action(action)

    def get_template_for_action(self, action: str) -> str:
        """Return the window's template: who cannot approve reads why, and no form."""
        if action == "approve":
            return "review/admin/approval.html"
        return str(super().get_template_for_action(action))

    @transaction.atomic
    def on_action(
        self, task_state: Any, user: Any, action_name: str, **kwargs: Any
    ) -> Any:
        """Approve or reject; approval writes the record in the same transaction.

        Raises:
            core.publishing.gate.PublishBlocked: The approval is refused.
        """
        if action_name != "approve":
            return super().on_action(task_state, user, action_name, **kwargs)
        page = task_state.workflow_state.content_object.specific_deferred
        if not super().get_actions(page, user):
            problem = Problem(
                "review-refused",
                "block",
                gettext("This page waits for a medical review, which you cannot give."),
            )
            raise PublishBlocked(page, [problem])
        approve(task_state, user, kwargs)
        return None


def _is_approved_elsewhere(workflow_state: Any) -> bool:
    """Return whether a step of another kind has approved the page, or will."""
    medical = MedicalReviewTask.objects.values("pk")
    steps = workflow_state.workflow.workflow_tasks.filter(task__active=True)
    approved = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
    return bool(steps.exclude(task__in=medical).exists() or approved.exists())
