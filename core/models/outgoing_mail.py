"""E-mails that wait to be sent."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encrypted_fields import EncryptedTextField


class OutgoingMail(models.Model):
    """A queued e-mail; the row is deleted once the mail server has accepted it.

    Encrypted, because it holds addresses and links that let somebody in.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = EncryptedTextField(_("message"))
    created_at = models.DateTimeField(
        _("created at"), default=timezone.now, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # While it is being sent: when another worker may take it to be abandoned.
    next_attempt_at = models.DateTimeField(
        _("next attempt at"),
        default=timezone.now,
        null=True,
        help_text=_("Empty when it was given up."),
    )
    last_error = models.CharField(_("last error"), max_length=100, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        default_permissions = ()
        permissions = [
            (
                "manage_deliveries",
                "Can send e-mails and run tasks again that have failed",
            )
        ]

    def __str__(self) -> str:
        return f"E-mail {str(self.uuid)[:8]}"
