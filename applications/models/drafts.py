"""Applications that are being filled in, encrypted as those that were sent."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.bases.entries import EntryMixin
from applications.models.bases.form_keys import UnderFormKey
from applications.models.definitions import FormDefinition
from core.encrypted_fields import EncryptedTextField
from core.encryption import Key


class DraftQuerySet(models.QuerySet["Draft"]):
    def alive(self) -> "DraftQuerySet":
        return self.filter(expires_at__gt=timezone.now())

    def expired(self, moment: datetime | None = None) -> "DraftQuerySet":
        return self.filter(expires_at__lte=moment or timezone.now())


class Draft(EntryMixin, UnderFormKey):
    """What somebody has typed into one form so far.

    It keeps the definition it began with, whatever the form becomes. Only the browser
    that holds the secret finds it; the secret itself is not stored. What staff type in
    for somebody is found with their account besides.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    definition = models.ForeignKey(
        FormDefinition,
        on_delete=models.PROTECT,
        related_name="drafts",
        verbose_name=_("definition"),
    )
    # SHA-256 in hexadecimal of the random secret in the cookie.
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    # One JSON object: what was typed, by the id of the question's block.
    answers = EncryptedTextField(_("answers"))
    # Grows with each change, so that what is sent is what was reviewed.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Under which the application is stored once.
    submission_key = models.UUIDField(unique=True, default=uuid4, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(
        _("changed"), default=timezone.now, editable=False
    )
    expires_at = models.DateTimeField(_("expires"), db_index=True, editable=False)
    # Whether the browser keeps the secret when it is closed.
    kept = models.BooleanField(default=False, editable=False)
    # Of what staff type in: the day it came, and whether the applicant is written to.
    received_on = models.DateField(null=True, editable=False)
    tells_applicant = models.BooleanField(
        default=False, db_default=False, editable=False
    )

    form_pk = models.F("definition__page_id")
    wagtail_reference_index_ignore = True

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        default_permissions = ()
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return gettext("Draft of an application")

    def data_key(self) -> Key:
        return self.definition.data_key
