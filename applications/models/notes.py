"""What staff note about an application, for colleagues alone."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.models.bases.form_keys import UnderFormKey
from core.encrypted_fields import EncryptedTextField
from core.encryption import Key

MOST_LETTERS = 5_000


class ApplicationNote(UnderFormKey):
    """One note, encrypted, which goes with its application."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,
        related_name="notes",
        verbose_name=_("application"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("author"),
    )
    text = EncryptedTextField(_("text"))
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    # Grows with each correction, so that of two tabs none overwrites the other.
    version = models.PositiveIntegerField(default=1, editable=False)

    form_pk = models.F("application__definition__page_id")
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        default_permissions = ()
        ordering = ["application", "created_at", "uuid"]

    def __str__(self) -> str:
        return gettext("Note on an application")

    def data_key(self) -> Key:
        return self.application.definition.data_key
