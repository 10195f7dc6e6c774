"""What may be sent, found out by content, and made safe to keep."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from applications.uploads.names import safe_name
from applications.uploads.pdfs import HEADER, check_pdf
from applications.uploads.pictures import clean_picture

MEGABYTE = 1024 * 1024
# An editor may allow less; no more is ever read (`receiving`).
LARGEST_MEGABYTES = 20
MOST_FILES = 10
_HEADS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    HEADER: "application/pdf",
}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}
# What a file dialogue offers. HEIC by its ending too: some browsers know no type of it.
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,application/pdf"


@dataclass(frozen=True)
class SafeFile:
    """A file that may be kept; what it holds appears in no message."""

    name: str = field(repr=False)
    content_type: str
    content: bytes = field(repr=False)


def checked(name: str, content: bytes, megabytes: int = LARGEST_MEGABYTES) -> SafeFile:
    """Return a file safe to keep: a picture made anew, or a PDF that was checked.

    Args:
        name: As the browser sent it.
        content: All of the file.
        megabytes: How large it may be.

    Raises:
        ValidationError: With a sentence that says what to do.
    """
    if not content:
        raise ValidationError(
            _(
                "This file is empty. If you can open it on your device, choose it "
                "once more."
            ),
            code="empty",
        )
    if len(content) > megabytes * MEGABYTE:
        raise too_large(len(content), megabytes)
    content_type = content_type_of(content)
    if content_type == "application/pdf":
        check_pdf(content)
    elif content_type:
        content, content_type = clean_picture(content, content_type)
    else:
        raise ValidationError(
            _(
                "This file is neither a picture (JPEG, PNG, WebP or HEIC) nor a PDF. "
                "Save it as a PDF, or send a photograph of it."
            ),
            code="unknown",
        )
    return SafeFile(safe_name(name, content_type), content_type, content)


def content_type_of(content: bytes) -> str:
    """Return what the first bytes say, "" if that is nothing that is taken."""
    for head, content_type in _HEADS.items():
        if content.startswith(head):
            return content_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "image/heic"
    return ""


def too_large(size: int, megabytes: int) -> ValidationError:
    return ValidationError(
        _(
            "This file is too large: it has %(size)s, and %(most)d MB can be sent. "
            "Take a photograph of it at a lower quality, or send the pages one by one."
        ),
        code="too_large",
        params={
            "size": filesizeformat(size),
            "most": megabytes,
        },
    )
