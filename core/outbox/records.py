"""Remembers e-mails about something, and forgets them with it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models.mail_record import MailRecord
from core.models.outgoing_mail import OutgoingMail

_KEPT = timedelta(days=2 * 365)

# Given a user and keys of things: {key: (words, URL)} of those that the user may see.
Links = Callable[[Any, set[str]], dict[str, tuple[str, str]]]
_links: dict[str, Links] = {}


def register_links(kind: str, links: Links) -> None:
    """Have staff be led from an e-mail to the thing of this kind that it is about."""
    _links[kind] = links


def links_to(user: Any, mails: Iterable[Any]) -> dict[Any, tuple[str, str]]:
    """Return where each e-mail, by primary key, leads a user, one query per kind."""
    about = dict(
        MailRecord.objects.filter(mail__in=list(mails)).values_list("mail", "about")
    )
    found: dict[str, tuple[str, str]] = {}
    for kind, links in _links.items():
        prefix = f"{kind}:"
        keys = {
            each.removeprefix(prefix)
            for each in about.values()
            if each.startswith(prefix)
        }
        if keys:
            found |= {prefix + key: to for key, to in links(user, keys).items()}
    return {mail: found[thing] for mail, thing in about.items() if thing in found}


def note_sent(mail: OutgoingMail, at: datetime) -> None:
    MailRecord.objects.filter(mail=mail.pk).update(sent_at=at, attempts=mail.attempts)


@transaction.atomic
def forget_about(about: str) -> None:
    """Delete the records about something, and all e-mails about it that still wait.

    These hold addresses. One that is being sent at the moment may still go out.
    """
    records = MailRecord.objects.filter(about=about)
    mails = list(records.values_list("mail", flat=True))
    if not mails:
        return
    OutgoingMail.objects.filter(pk__in=mails).delete()
    # An e-mail about several things is sent about none of them any more.
    MailRecord.objects.filter(mail__in=mails, sent_at=None).delete()
    records.delete()


def forget_old_records() -> None:
    """Delete the records of e-mails that were queued two years ago."""
    MailRecord.objects.filter(queued_at__lt=timezone.now() - _KEPT).delete()
