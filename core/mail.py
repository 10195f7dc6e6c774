"""Builds e-mails in the site's layout, and queues every e-mail."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, InterfaceError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from core.models.mail_record import MailRecord
from core.models.outgoing_mail import OutgoingMail
from core.outbox.messages import to_text
from core.tasks import enqueue, send_mail

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Subject:
    """What an e-mail is about, for its records.

    Args:
        about: Things, each a kind, a colon and an opaque key. The e-mail is deleted
            with any of them.
        kind: Which of the e-mails about such a thing.
        audience: To whom in kind, never the address.
    """

    about: tuple[str, ...]
    kind: str
    audience: str


class Letter(EmailMultiAlternatives):
    """An e-mail that may be recorded with what it is about."""

    about_what: Subject | None = None


class EmailBackend(BaseEmailBackend):
    """Stores every e-mail, and queues a task to send it.

    In the transaction of whoever sends: the e-mail goes out only with what it is
    about. ``MAIL_DELIVERY_BACKEND`` is what hands it to the mail server.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        try:
            with transaction.atomic():
                for message in email_messages:
                    mail = OutgoingMail.objects.create(message=to_text(message))
                    _record(mail, message)
                    enqueue(send_mail, str(mail.pk))
        except (DatabaseError, InterfaceError) as error:
            # Such as a report by e-mail that the database is gone.
            if not self.fail_silently:
                raise
            logger.warning("An e-mail was not stored: %s", type(error).__name__)
            return 0
        return len(email_messages)


def _record(mail: OutgoingMail, message: EmailMessage) -> None:
    if isinstance(message, Letter) and (what := message.about_what):
        MailRecord.objects.bulk_create(
            MailRecord(
                mail=mail.pk, about=about, kind=what.kind, audience=what.audience
            )
            for about in what.about
        )


@transaction.atomic
def send_again(uuid: Any) -> bool:
    """Queue an e-mail that was given up; return False when it is not given up.

    However many ask for it at once, it is queued once.
    """
    given_up = OutgoingMail.objects.filter(pk=uuid, next_attempt_at=None)
    if not given_up.update(attempts=0, next_attempt_at=timezone.now()):
        return False
    enqueue(send_mail, str(uuid))
    return True


def letter(
    subject: str,
    template: str,
    context: dict[str, Any],
    to: Sequence[str],
    headers: dict[str, str] | None = None,
    about_what: Subject | None = None,
) -> Letter:
    """Return an e-mail, ready to send.

    Args:
        subject: In one line.
        template: Its templates' name without the ending: ``.txt`` holds the words,
            ``.html`` extends ``core/letter.html``. Both are given ``context``, of
            which the dress needs ``site_name`` and ``root_url``.
        context: What the templates print.
        to: One address or several, each of which sees the others.
        headers: Beyond the usual ones.
        about_what: What is recorded of it; None: nothing.
    """
    context = {**context, "subject": subject}
    message = Letter(
        subject=subject,
        body=render_to_string(f"{template}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=list(to),
        headers=headers,
    )
    message.about_what = about_what
    message.attach_alternative(
        render_to_string(f"{template}.html", context), "text/html"
    )
    return message
