"""Refuses PDFs that nobody could open, or that are two files in one.

A PDF is kept as it was sent: making it anew would need a program that understands all
of it. So it is never shown, only sent back to be saved (`applications.admissions`).
"""

import re
import zipfile
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HEADER = b"%PDF-"
# A trailer, or the dictionary of a table of objects, names what the file is encrypted
# with; both are in clear in every PDF. Written in escapes it is not found: a file made
# so does no harm, it only cannot be opened.
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R\b|<<)")
_END = b"%%EOF"
# Within so many bytes of its end: ISO 32000, annex H.
_NEAR_END = 1024  # bytes


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is cut short, encrypted, or an archive at the same time.

    Args:
        content: What begins with `HEADER`.

    Raises:
        ValidationError: With a sentence for the applicant.
    """
    if _END not in content[-_NEAR_END:] or b"startxref" not in content:
        raise ValidationError(
            _(
                "This PDF is damaged: it ends too early. Save it again, or send a "
                "photograph of each page."
            ),
            code="damaged",
        )
    if _ENCRYPTED.search(content):
        raise ValidationError(
            _(
                "This PDF is locked with a password, so we could not read it. Open it, "
                "print it to a new PDF and send that, or send a photograph of each "
                "page."
            ),
            code="encrypted",
        )
    if zipfile.is_zipfile(BytesIO(content)):
        raise ValidationError(
            _(
                "This PDF holds other files. Print it to a new PDF and send that, or "
                "send a photograph of each page."
            ),
            code="two_files",
        )
