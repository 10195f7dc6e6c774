"""What is taken out of an uploaded picture before it is stored."""

from io import BytesIO
from typing import Any, BinaryIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

_ORIENTATION = 0x0112


def without_metadata(file: Any) -> SimpleUploadedFile:
    """Return ``file`` with its pixels, colour profile and orientation alone.

    Wagtail copies EXIF, with the place a photograph was taken, into every rendition
    (docs/adr/0006); so it is taken out before the original is stored. JPEG pixels keep
    their quantisation tables, so nothing is lost in quality that the eye could see.

    Args:
        file: A Django file that Pillow can open, at any position.

    Returns:
        A file in memory of the same name and format.
    """
    file.seek(0)
    source: BinaryIO = BytesIO(file.read())
    with Image.open(source) as image:
        orientation = image.getexif().get(_ORIENTATION)
        exif = Image.Exif()
        if orientation:
            exif[_ORIENTATION] = orientation
        options: dict[str, Any] = {"exif": exif.tobytes() if orientation else b""}
        if profile := image.info.get("icc_profile"):
            options["icc_profile"] = profile
        target = image.format or "PNG"
        if target == "JPEG":
            options |= {"quality": "keep", "comment": b"", "xmp": b""}
        elif target == "MPO":  # two pictures in one file, as some telephones write
            target = "JPEG"
            options |= {"quality": 95, "comment": b"", "xmp": b""}
        elif target in {"WEBP", "AVIF"}:
            options |= {"quality": 92, "xmp": b""}
        elif target == "GIF":
            options = {"comment": b""}
        if target != "JPEG" and getattr(image, "is_animated", False):
            options["save_all"] = True
        clean = BytesIO()
        image.info.pop("xmp", None)
        image.save(clean, target, **options)
    return SimpleUploadedFile(file.name, clean.getvalue())
