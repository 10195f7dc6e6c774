"""Mails a person the link to the page of their consents."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Site

from core.mail import Subject as About
from core.mail import letter
from core.outbox.records import forget_about
from testimonials.consent.recording import ENDED, MAILED, record_for
from testimonials.models.subject import Subject
from testimonials.models.subject_link import SubjectLink


def about(subject: Subject) -> str:
    """Return what e-mails to the person are recorded as being about."""
    return f"story_subject:{subject.pk}"


def last_link(subject: Subject) -> SubjectLink | None:
    return SubjectLink.objects.filter(subject=subject).first()


@transaction.atomic
def end_link(subject: Subject, user: Any) -> None:
    """End the link that works, forget its address, and send no e-mail with it.

    Raises:
        core.encryption.KeysUnusableError: There is no key to seal the log with.
    """
    links = SubjectLink.objects.filter(subject=subject)
    ended = list(links.usable().values_list("email_hash", flat=True))
    # Whosever address it was, it must neither be taken for the person's when they are
    # to be forgotten, nor be offered for the next link.
    deleted, _models = links.filter(email_hash__in=ended).delete()
    if deleted:
        record_for(subject, ENDED, user)
    forget_about(about(subject))


@transaction.atomic
def mail_link(subject: Subject, email: str, site: Site, user: Any) -> None:
    """Mail a new link, and end those before, together with their unsent e-mails.

    Args:
        subject: Whose consents it leads to.
        email: Their address.
        site: Whose page it is.
        user: Who has it sent.

    Raises:
        core.encryption.KeysUnusableError: There is no key to keep the address with.
    """
    link, token = SubjectLink.objects.issue(subject, email, user)
    record_for(subject, MAILED, user)
    forget_about(about(subject))
    name = site.site_name or site.hostname
    # Not in the language that whoever sends it has the admin in.
    with override(settings.LANGUAGE_CODE):
        letter(
            gettext("Your consent at {site}").format(
                site=site.site_name or site.hostname
            ),
            "testimonials/emails/consent_link",
            {
                "url": urljoin(site.root_url, reverse("consent:own", args=[token])),
                "until": link.expires_at,
                "site_name": name,
                "root_url": site.root_url,
            },
            [email],
            headers={"Auto-Submitted": "auto-generated"},
            about_what=About((about(subject),), "consent", "subject"),
        ).send()
