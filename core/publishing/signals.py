"""Signal handlers for scheduling and publishing."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.signals import page_published

from core.publishing import gate
from core.publishing.schedule import ENDED, has_ended

DECIDED = gettext_lazy(
    "Somebody else has decided on this version in the meantime. See the page's history."
)
_DECISIONS = {TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED}


@receiver(pre_save, sender=Revision)
def gate_scheduling(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """Ask the gate when a revision is approved to go live later.

    A live page's own ``save`` is not reached on this way (docs/adr/0004).
    """
    if instance.approved_go_live_at:
        page = instance.as_object()
        if hasattr(page, "answered_problems"):
            gate.check(page)


@receiver(pre_save, sender=Page)
def gate_the_base_class(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Ask the gate when code puts a page live through the base class `Page`.

    `BasePage.save` is not reached on this way. Wagtail itself takes it to move a page.
    """
    fields = kwargs["update_fields"]
    if kwargs["raw"] or not instance.live or (fields and "live" not in fields):
        return
    stored = instance.get_specific()  # `specific` would keep what is stored now
    if hasattr(stored, "answered_problems") and not stored.live:
        gate.check(stored)


@receiver(pre_save)
def decide_once(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Keep the first decision when two people decide on a version at once.

    Wagtail looks at the copy that each request has read (wagtail/wagtail#14460).

    Raises:
        core.gate.PublishBlocked: The version has been approved or rejected already.
    """
    if not isinstance(instance, TaskState) or instance.status not in _DECISIONS:
        return
    if instance._state.adding:
        return
    waiting = TaskState.objects.filter(
        pk=instance.pk, status=TaskState.STATUS_IN_PROGRESS
    )
    # The database lets one of two do this, and tells the other that nothing was left.
    if not waiting.update(status=instance.status):
        page = instance.workflow_state.content_object
        problem = gate.Problem("decided-already", "block", str(DECIDED))
        raise gate.PublishBlocked(page, [problem])


@receiver(pre_save, sender=WorkflowState)
def approve_no_end_that_has_passed(
    sender: type[WorkflowState], instance: WorkflowState, **kwargs: Any
) -> None:
    """Refuse the last approval of a version whose time is over, wherever it is given.

    Raises:
        core.publishing.gate.PublishBlocked: It would be published for nobody.
    """
    if instance.status != WorkflowState.STATUS_APPROVED:
        return
    page = instance.content_object
    version = page.get_latest_revision()
    if version and has_ended(version):
        problem = gate.Problem("time-is-over", "block", str(ENDED), "expire_at")
        raise gate.PublishBlocked(page, [problem])


@receiver(page_published)
def log_override(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Log the reason why a page was published in spite of warnings.

    Wagtail sends the signal for a page that is only scheduled as well.
    """
    is_first_copy = instance.live and not kwargs.get("alias")
    if not is_first_copy or not getattr(instance, "answered_problems", None):
        return
    log(
        instance=instance,
        action="core.publish.override",
        data={
            "reason": instance.override_reason,
            "problems": instance.answered_problems,
        },
        revision=kwargs.get("revision"),
    )
