"""What staff ask an applicant for later, and what was answered."""

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
# Of one question.
MOST_FILES = 5
MOST_MEGABYTES = 10


class FurtherQuestion(UnderFormKey):
    """A question about one application, which its applicant answers on the status page.

    Open until it is answered or taken back.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,
        related_name="further_questions",
        verbose_name=_("application"),
    )
    text = EncryptedTextField(_("question"))
    takes_files = models.BooleanField(_("takes files"), default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    # "" until it is answered, and where only files were sent.
    answer = EncryptedTextField(_("answer"), default="")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    # When its applicant was sent the news of it.
    told_at = models.DateTimeField(null=True, editable=False)

    form_pk = models.F("application__definition__page_id")
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("further question")
        verbose_name_plural = _("further questions")
        default_permissions = ()
        ordering = ["application", "asked_at", "uuid"]

    def __str__(self) -> str:
        return gettext("Further question about an application")

    def data_key(self) -> Key:
        return self.application.definition.data_key

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.taken_back_at is None

    @property
    def files_of(self) -> str:
        """What `Upload.question` says of files that came with the answer."""
        return f"further-{self.pk.hex}"
