"""Builds e-mails in the site's layout, and queues every e-mail."""

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, InterfaceError, transaction
from django.template.loader import render_to_string

from core.models.outgoing_mail import OutgoingMail
from core.outbox.messages import to_text
from core.tasks import enqueue, send_mail

logger = logging.getLogger(__name__)


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
                    enqueue(send_mail, str(mail.pk))
        except (DatabaseError, InterfaceError) as error:
            # Such as a report by e-mail that the database is gone.
            if not self.fail_silently:
                raise
            logger.warning("An e-mail was not stored: %s", type(error).__name__)
            return 0
        return len(email_messages)


def letter(
    subject: str,
    template: str,
    context: dict[str, Any],
    to: Sequence[str],
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """Return an e-mail, ready to send.

    Args:
        subject: In one line.
        template: Its templates' name without the ending: ``.txt`` holds the words,
            ``.html`` extends ``core/letter.html``. Both are given ``context``, of
            which the dress needs ``site_name`` and ``root_url``.
        context: What the templates print.
        to: One address or several, each of which sees the others.
        headers: Beyond the usual ones.
    """
    context = {**context, "subject": subject}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{template}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=list(to),
        headers=headers,
    )
    message.attach_alternative(
        render_to_string(f"{template}.html", context), "text/html"
    )
    return message
