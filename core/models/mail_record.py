"""What is remembered of e-mails about something, without address or contents."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailRecord(models.Model):
    """That an e-mail about something was queued, and when it was sent.

    One e-mail about several things has a record with each. While it waits, how it fares
    is said by the `OutgoingMail` with the primary key ``mail``.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mail = models.UUIDField(_("e-mail"), db_index=True)
    # A kind of thing, a colon and its opaque key: core knows nothing of it.
    about = models.CharField(_("about"), max_length=60, db_index=True)
    kind = models.CharField(_("kind"), max_length=20)
    audience = models.CharField(_("audience"), max_length=20)
    queued_at = models.DateTimeField(
        _("queued at"), default=timezone.now, db_index=True
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("record of an e-mail")
        verbose_name_plural = _("records of e-mails")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["mail", "about"], name="one_record_a_subject"
            )
        ]

    def __str__(self) -> str:
        return f"E-mail {str(self.mail)[:8]}"
