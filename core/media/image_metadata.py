"""Cleans uploaded pictures before they are stored."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

_ORIENTATION = 0x0112
_TURNED = range(2, 9)
# How Pillow calls grey of more than eight bits.
_DEEP_GREY = ("I", "I;16", "I;16B", "I;16L")


class CleanPicture(SimpleUploadedFile):
    """A picture without metadata, ready to store."""


def without_metadata(file: Any) -> CleanPicture:
    """Return ``file`` upright, with only its pixels and colour profile.

    Wagtail copies EXIF, with the place a photograph was taken, into every rendition
    (docs/adr/0006); so it is taken out before the original is stored. Wagtail also
    measures a picture as it lies in its file and crops it as it is seen, so one that a
    telephone has marked as turned is turned (wagtail/wagtail#2909). JPEG keeps its
    quantisation tables, so nothing is lost in quality that the eye could see.

    Colours that browsers or the formats of renditions do not know become those that
    they do: CMYK becomes RGB, grey of sixteen bits grey of eight, and so does a bit a
    pixel of which one is clear.

    Args:
        file: A Django file that Pillow can open, at any position.

    Returns:
        A file in memory of the same name and format.
    """
    file.seek(0)
    with Image.open(BytesIO(file.read())) as image:
        clean = BytesIO()
        if isinstance(image, JpegImageFile):
            _save_jpeg(image, clean)
        else:
            _save(image, clean)
    return CleanPicture(file.name, clean.getvalue())


def is_turned(image: Image.Image) -> bool:
    """Return whether EXIF orientation turns or mirrors the picture."""
    return image.getexif().get(_ORIENTATION) in _TURNED


def _save_jpeg(image: JpegImageFile, clean: BytesIO) -> None:
    """Save as JPEG, even when a telephone wrote two pictures into one file."""
    options: dict[str, Any] = {"exif": b"", "comment": b"", "xmp": b""}
    options["icc_profile"] = image.info.get("icc_profile")
    if image.mode == "CMYK":
        options |= {"quality": 95, "icc_profile": None}
        _in_rgb(_upright(image)).save(clean, "JPEG", **options)
    elif is_turned(image) or image.format != "JPEG":
        options |= {"qtables": image.quantization, "subsampling": get_sampling(image)}
        _upright(image).save(clean, "JPEG", **options)
    else:
        image.save(clean, "JPEG", quality="keep", **options)


def _save(image: Image.Image, clean: BytesIO) -> None:
    options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if image.format == "GIF":
        options = {"comment": b""}
    elif image.format == "WEBP":
        options |= {"quality": 92, "method": 2, "exif": b"", "xmp": b""}
    elif image.format == "AVIF":
        options |= {"quality": 92, "speed": 10, "exif": b"", "xmp": b""}
    if getattr(image, "is_animated", False):
        image.save(clean, image.format, save_all=True, **options)
        return
    picture = _upright(image)
    if picture.mode in _DEEP_GREY:
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
        options["transparency"] = None
    elif picture.mode == "1" and "transparency" in picture.info:
        picture = picture.convert("LA")  # what Pillow can make smaller
    picture.save(clean, image.format, **options)


def _upright(image: Image.Image) -> Image.Image:
    if not is_turned(image):
        return image
    turned: Image.Image = ImageOps.exif_transpose(image)
    turned.info.pop("exif", None)
    turned.info.pop("xmp", None)
    return turned


def _in_rgb(image: Image.Image) -> Image.Image:
    """Convert CMYK to RGB, by the picture's own profile where possible."""
    if profile := image.info.get("icc_profile"):
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            return converted or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # no profile for CMYK, or a broken one
    return image.convert("RGB")
