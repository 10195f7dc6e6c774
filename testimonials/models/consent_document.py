"""Signed consents, as they were scanned."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.encrypted_fields import EncryptedTextField
from testimonials.models.consent import Consent


class ConsentDocument(models.Model):
    """One scanned file; it lies encrypted, and goes with its row.

    `testimonials.consent.documents` writes, reads and deletes the files.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(
        Consent,
        on_delete=models.CASCADE,
        related_name="documents",
        verbose_name=_("consent"),
    )
    name = EncryptedTextField(_("name"))
    content_type = models.CharField(_("content type"), max_length=40)
    size = models.PositiveIntegerField(_("size"))  # in bytes
    created_at = models.DateTimeField(
        _("kept since"), default=timezone.now, editable=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("signed consent")
        verbose_name_plural = _("signed consents")
        default_permissions = ()
        ordering = ["created_at", "uuid"]

    def __str__(self) -> str:
        return gettext("Signed consent")

    @property
    def stored_name(self) -> str:
        """Where it lies in the store of what is encrypted."""
        return f"consents/{self.pk.hex}"

    @property
    def place(self) -> tuple[str, ...]:
        """What its file is bound to, so that none can stand for another."""
        return (self._meta.db_table, "file", str(self.pk))
