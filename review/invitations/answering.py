"""Takes the answer of a reviewer without an account, as that of an account."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log

from core.outbox.records import forget_about
from review.approving import approve, refused, waiting_page
from review.four_eyes import invitation_refusal
from review.invitations.mailing import about
from review.models.invitations import Invitation
from review.versions import version_of

ANSWERED = "review.invitation_answered"  # in a page's history


def has_changed(invitation: Invitation) -> bool:
    """Return whether the page says something else by now than what is shown."""
    latest = invitation.page.get_latest_revision()
    return latest.pk != invitation.revision_id and (
        version_of(latest.as_object()).digest != digest(invitation)
    )


def digest(invitation: Invitation) -> str:
    """Return that of the version which is shown: what is approved."""
    return version_of(invitation.revision.as_object()).digest  # type: ignore[union-attr]


@transaction.atomic
def approve_invited(invitation: Invitation, answers: dict[str, Any]) -> None:
    """Write the record, and move the workflow on.

    Raises:
        core.publishing.gate.PublishBlocked: The answers are refused, somebody else has
            decided, or the page cannot go live as it is.
    """
    seen = {**answers, "version": digest(invitation)}
    record = approve(invitation.task_state, None, seen, invitation)
    log(invitation.page, ANSWERED, data={"record": str(record)})
    _close(invitation)


@transaction.atomic
def request_changes(invitation: Invitation, comment: str) -> None:
    """Send the page back to its editors, who read who asks for what.

    Raises:
        core.publishing.gate.PublishBlocked: Somebody else has decided, or the person
            may not review the page.
    """
    page = waiting_page(invitation.task_state, invitation)
    latest = page.get_latest_revision_as_object()
    if why := invitation_refusal(latest, invitation.person, invitation.invited_by):
        raise refused(page, [why])
    words = gettext("{name}: {comment}").format(
        name=invitation.person.title, comment=comment
    )
    invitation.task_state.reject(user=None, comment=words)
    log(invitation.page, ANSWERED, data={"invitation": str(invitation)})
    _close(invitation)


def _close(invitation: Invitation) -> None:
    """Forget the address; what is on its way, such as a further code, goes nowhere."""
    invitation.end()
    forget_about(about(invitation))
