"""Looks at documents when they are uploaded, and says which PDFs are not tagged."""

import logging
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.models import Document

from review.accessibility.pdf_tags import is_tagged
from review.models.document_checks import DocumentCheck

logger = logging.getLogger(__name__)

UNTAGGED = _(
    "This PDF has no tags, so screen readers read it in a wrong order or not at all. "
    "It is uploaded all the same. Better: export it again with tags (in Word “Document "
    "structure tags for accessibility”, in LibreOffice “Tagged PDF”), or make a page "
    "of what it says."
)


def check(document: Any) -> DocumentCheck | None:
    """Look at the file, unless that was done; return what was found, None of others."""
    if document.file_extension != "pdf":
        DocumentCheck.objects.filter(document=document.pk).delete()
        return None
    known = DocumentCheck.objects.filter(document=document.pk).first()
    try:
        digest = document.get_file_hash()
        if known and known.file_hash == digest:
            return known
        with document.open_file() as file:
            found = is_tagged(file.read())
    except OSError as error:
        logger.warning("A document cannot be read: %s", type(error).__name__)
        return None
    record, _is_new = DocumentCheck.objects.update_or_create(
        document=document, defaults={"file_hash": digest, "is_tagged": found}
    )
    return record


def unchecked() -> Iterator[Any]:
    """Yield the PDFs that nobody has looked at as they are."""
    is_other = ~Q(accessibility_check__file_hash=F("file_hash"))
    none = Q(accessibility_check=None)
    pdfs = Document.objects.filter(file__iendswith=".pdf")
    return pdfs.filter(none | is_other).iterator()


def untagged(documents: Any) -> Any:
    return documents.filter(accessibility_check__is_tagged=False)


@receiver(post_save, sender=Document)
def check_what_is_saved(
    sender: Any, instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    if not raw:
        check(instance)


class DocumentForm(BaseDocumentForm):
    """Warns of a PDF without tags, right after it is uploaded and later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checks = DocumentCheck.objects.filter(document=self.instance.pk)
        if self.instance.pk and checks.filter(is_tagged=False).exists():
            # Bound already, by Wagtail.
            self["title"].help_text = UNTAGGED
