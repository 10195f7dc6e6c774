"""Files that applicants send, each encrypted in a store of its own."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.models.bases.form_keys import UnderFormKey
from applications.models.drafts import Draft
from core.encrypted_fields import EncryptedTextField
from core.encryption import Key


class Upload(UnderFormKey):
    """One file, of a draft at first and of an application once that is sent.

    The file goes with the row, whichever way that is deleted
    (`applications.uploads.deleting`).
    """

    class Scan(models.TextChoices):
        NONE = "none", _("Not scanned for viruses")
        PENDING = "pending", _("Not yet scanned for viruses")
        CLEAN = "clean", _("No virus found")
        REFUSED = "refused", _("A virus was found")

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draft = models.ForeignKey(
        Draft,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="uploads",
        verbose_name=_("draft"),
    )
    application = models.ForeignKey(
        Application,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="uploads",
        verbose_name=_("application"),
    )
    # The id of the question's block, by which the definition knows it.
    question = models.CharField(_("question"), max_length=40)
    name = EncryptedTextField(_("name"))
    # Of what is kept, in bytes: a picture was made anew.
    size = models.PositiveIntegerField(_("size"))
    # As found by content.
    content_type = models.CharField(_("content type"), max_length=40)
    # Keyed, of what was sent: the same file sent again is the same upload.
    digest = models.CharField(max_length=90, editable=False)
    scan = models.CharField(
        _("virus scan"), max_length=10, choices=Scan, default=Scan.NONE
    )
    # Marked by the nightly run, for staff: the row is there and its file is not.
    is_lost = models.BooleanField(_("lost"), default=False, db_default=False)
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)

    form_pk = Coalesce("application__definition__page_id", "draft__definition__page_id")
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        default_permissions = ()
        ordering = ["created_at", "uuid"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(draft__isnull=True, application__isnull=False)
                | models.Q(draft__isnull=False, application__isnull=True),
                name="upload_of_draft_or_application",
            ),
            models.UniqueConstraint(
                fields=["draft", "question", "digest"], name="one_upload_a_file"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Uploaded file")

    def data_key(self) -> Key:
        # The database makes sure that it is of one or the other.
        filled_in: Any = self.application or self.draft
        key: Key = filled_in.definition.data_key
        return key

    @property
    def stored_name(self) -> str:
        """Where it lies in the store ``applicants``."""
        return f"{self.pk.hex[:2]}/{self.pk.hex}"

    @property
    def place(self) -> tuple[str, ...]:
        """What its file is bound to, so that none can stand for another."""
        return (self._meta.db_table, "file", str(self.pk))

    @property
    def can_be_read(self) -> bool:
        return self.scan != self.Scan.REFUSED
