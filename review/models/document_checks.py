"""Whether a document can be read by screen readers, as far as a machine can tell."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import Document


class DocumentCheck(models.Model):
    """Whether the file of a PDF is tagged; None where that cannot be told."""

    document: Any = models.OneToOneField(
        Document,
        on_delete=models.CASCADE,
        related_name="accessibility_check",
        verbose_name=_("document"),
    )
    # Of the file that was looked at.
    file_hash = models.CharField(max_length=40, editable=False)
    is_tagged = models.BooleanField(_("tagged"), null=True)
    checked_at = models.DateTimeField(_("checked"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("check of a document")
        verbose_name_plural = _("checks of documents")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Check of document {number}").format(number=self.document_id)
