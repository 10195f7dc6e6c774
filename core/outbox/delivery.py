"""Delivers one queued e-mail."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.models.outgoing_mail import OutgoingMail
from core.outbox.messages import from_text
from core.outbox.records import note_sent
from core.retries import next_attempt

logger = logging.getLogger(__name__)

# Longer than a mail server that hangs is waited for (EMAIL_TIMEOUT at each step).
_CLAIM = timedelta(minutes=5)
# Whom it concerns has had time to send it again; addresses are kept no longer.
_KEPT = timedelta(days=30)


def deliver(uuid: str) -> datetime | None:
    """Send a queued e-mail; return when to retry if that failed.

    One worker at a time: who comes second, and finds it claimed or gone, does nothing.
    """
    now = timezone.now()
    claimed = OutgoingMail.objects.filter(pk=uuid, next_attempt_at__lte=now).update(
        next_attempt_at=now + _CLAIM, attempts=F("attempts") + 1, last_error=""
    )
    if not claimed:
        return None
    mail = OutgoingMail.objects.filter(pk=uuid).first()
    if mail is None:  # deleted meanwhile, with what it is about
        return None
    try:
        connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
        connection.send_messages([from_text(mail.message)])
    except Exception as error:  # noqa: BLE001  (it may hold an address: only its type)
        return _note(mail, error)
    with transaction.atomic():
        note_sent(mail, timezone.now())
        mail.delete()
    return None


def _note(mail: OutgoingMail, error: Exception) -> datetime | None:
    mail.last_error = type(error).__name__
    final = _is_final(error)
    mail.next_attempt_at = None if final else next_attempt(mail.attempts)
    # No save: it may have been deleted meanwhile, with what it is about.
    kept = OutgoingMail.objects.filter(pk=mail.pk).update(
        last_error=mail.last_error, next_attempt_at=mail.next_attempt_at
    )
    if not kept:
        return None
    logger.log(
        logging.WARNING if mail.next_attempt_at else logging.ERROR,
        "%s was not sent (%s); attempt %d, next %s.",
        *(mail, mail.last_error, mail.attempts, mail.next_attempt_at or "never"),
    )
    return mail.next_attempt_at


def _is_final(error: Exception) -> bool:
    """Return whether the mail server refused it for good (RFC 5321: codes from 500)."""
    match error:
        case SMTPRecipientsRefused():
            return all(code >= 500 for code, _ in error.recipients.values())
        case SMTPDataError():
            return error.smtp_code >= 500
    return False


def forget_old() -> int:
    """Delete e-mails that have been undeliverable for a long time; return how many."""
    old = OutgoingMail.objects.filter(created_at__lt=timezone.now() - _KEPT)
    return old.delete()[0]
