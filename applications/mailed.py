"""What e-mails about applications and drafts are recorded as, and when they go.

Queued e-mails hold addresses, so that none outlives what it is about.
"""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.models.drafts import Draft
from core.outbox.records import forget_about

APPLICATION = "application"

# By `MailRecord.audience`.
APPLICANT, ADDRESSES, STAFF = "applicant", "addresses", "staff"
AUDIENCES = {
    APPLICANT: _("The applicant"),
    ADDRESSES: _("The addresses in the settings"),
    STAFF: _("A member of staff"),
}
# By `MailRecord.kind`, which is the name of the e-mail's template.
KINDS = {
    "arrived": _("It has arrived"),
    "changed": _("The applicant changed it"),
    "received": _("We have received it"),
    "news": _("There is news"),
    "links": _("A link to it"),
    "code": _("A code for the link"),
}


def about_application(pk: Any) -> str:
    return f"{APPLICATION}:{pk}"


def about_draft(pk: Any) -> str:
    return f"draft:{pk}"


@receiver(post_delete, sender=Application)
def forget_mail_of_application(
    sender: Any, instance: Application, **kwargs: Any
) -> None:
    """Delete what was to be mailed about it, by whichever way it went."""
    forget_about(about_application(instance.pk))


@receiver(post_delete, sender=Draft)
def forget_mail_of_draft(sender: Any, instance: Draft, **kwargs: Any) -> None:
    forget_about(about_draft(instance.pk))
