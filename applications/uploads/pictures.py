"""Pictures made anew: upright, without metadata and whatever else was in the file."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image
from willow.plugins import pillow as _willow  # noqa: F401  (teaches Pillow HEIC)

from core.media.image_metadata import without_metadata
from core.media.picture_check import (
    UNREADABLE,
    check_parts,
    check_pixels,
    damaged,
    too_many_pixels,
)

_QUALITY = 92
# A decoded picture takes a hundred megabytes or two; so one at a time in a process.
_one_at_a_time = threading.Lock()
_PATIENCE = 10  # seconds


def clean_picture(content: bytes, content_type: str) -> tuple[bytes, str]:
    """Return a picture made anew from its pixels, with its content type.

    HEIC becomes JPEG, which every browser and program shows; of several pictures in
    one HEIC or JPEG only the main one is kept.

    Args:
        content: A JPEG, PNG, WebP or HEIC, as its first bytes say.
        content_type: Which of them.

    Raises:
        ValidationError: With a sentence for the applicant.
    """
    try:
        if content_type == "image/heic":
            return _as_jpeg(content), "image/jpeg"
        _refuse_moving(content, content_type)
        check_parts(content)
        check_pixels(content)
        with _turn():
            return without_metadata(ContentFile(content, "p")).read(), content_type
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels() from error
    except UNREADABLE as error:
        raise damaged() from error


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for the others, but no longer than somebody waits for an answer."""
    if not _one_at_a_time.acquire(timeout=_PATIENCE):
        raise ValidationError(
            _(
                "Many pictures are being sent at the moment. Wait a minute and choose "
                "this one again."
            ),
            code="busy",
        )
    try:
        yield
    finally:
        _one_at_a_time.release()


def _refuse_moving(content: bytes, content_type: str) -> None:
    """Refuse an animation; only the head of the file is read for that."""
    # Chunks before the pixels say so of a PNG; further on it is only data.
    moving = content_type == "image/png" and b"acTL" in content.partition(b"IDAT")[0]
    if content_type == "image/webp":
        with Image.open(BytesIO(content)) as image:
            moving = getattr(image, "is_animated", False)
    if moving:
        raise ValidationError(
            _("This picture moves. Send a still one, such as a photograph."),
            code="animated",
        )


def _as_jpeg(content: bytes) -> bytes:
    saved = BytesIO()
    # One HEIC often holds several pictures, of which only the main one is opened.
    with Image.open(BytesIO(content)) as image:
        if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise too_many_pixels()
        with _turn():
            picture = image.convert("RGB")  # upright: Pillow has turned it
            profile = image.info.get("icc_profile")
            picture.save(saved, "JPEG", quality=_QUALITY, icc_profile=profile, exif=b"")
    return saved.getvalue()
