"""Mails an invitation and, separately, the code that confirms an answer."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.log_actions import log
from wagtail.models import Site

from core.mail import Subject as About
from core.mail import letter
from core.outbox.records import forget_about
from review.models.invitations import Invitation

INVITED = "review.invited"  # in a page's history
ENDED = "review.invitation_ended"


def about(invitation: Invitation) -> str:
    """Return what e-mails of an invitation are recorded as being about."""
    return f"review_invitation:{invitation.pk}"


@transaction.atomic
def invite(page: Any, task_state: Any, person: Any, email: str, user: Any) -> None:
    """Mail a new link to the latest version, and end what this person had before.

    Raises:
        core.encryption.KeysUnusableError: There is no key to keep the address with.
    """
    for earlier in Invitation.objects.of(page).filter(person=person):
        forget_about(about(earlier))
    invitation, token = Invitation.objects.issue(page, task_state, person, email, user)
    log(page, INVITED, user=user, data={"invitation": str(invitation)})
    _send(
        invitation,
        email,
        gettext("Please review a page"),
        "invitation",
        {
            "path": reverse("invited:review", args=[token]),
            "title": page.get_latest_revision_as_object().title,
            "until": invitation.expires_at,
        },
    )


@transaction.atomic
def end(invitation: Invitation, user: Any) -> None:
    """End a link, forget its address, and send no e-mail with it."""
    invitation.end()
    forget_about(about(invitation))
    log(invitation.page, ENDED, user=user, data={"invitation": str(invitation)})


@transaction.atomic
def mail_code(invitation: Invitation) -> bool:
    """Mail a new code, unless one is on its way; return whether that was done.

    Raises:
        core.encryption.EncryptionError: The address cannot be read.
    """
    code = invitation.new_code()
    if code is None:
        return False
    email = str(Invitation.objects.get(pk=invitation.pk).email)
    _send(invitation, email, gettext("Your code"), "code", {"code": code})
    return True


@transaction.atomic
def forget_addresses() -> int:
    """Forget where invitations that are over were sent; return how many."""
    over = list(Invitation.objects.over())
    for invitation in over:
        invitation.forget_address()
        forget_about(about(invitation))
    return len(over)


def _send(
    invitation: Invitation, email: str, subject: str, kind: str, context: dict[str, Any]
) -> None:
    site = invitation.page.get_site() or Site.objects.filter(is_default_site=True)[0]
    name = site.site_name or site.hostname
    if path := context.pop("path", ""):
        context["url"] = urljoin(site.root_url, path)
    # Not in the language that whoever sends it has the admin in.
    with override(settings.LANGUAGE_CODE):
        letter(
            subject,
            f"review/emails/{kind}",
            {**context, "site_name": name, "root_url": site.root_url},
            [email],
            headers={"Auto-Submitted": "auto-generated"},
            about_what=About((about(invitation),), kind, "reviewer"),
        ).send()
