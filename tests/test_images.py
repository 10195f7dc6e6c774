"""Pictures: stripped of what a camera adds, refused in words when they are none."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.models.images import SiteImage

ORIENTATION, GPS = 0x0112, 0x8825
SECRET = "51.5074 Telephone of Mrs Example"


def picture(extension="JPEG", size=(64, 40), **info):
    """A picture with a place, a comment and an orientation in it."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010E] = SECRET
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[29] = SECRET
    file = BytesIO()
    extra = {} if extension in {"GIF"} else {"exif": exif}
    if extension in {"JPEG", "GIF"}:
        extra["comment"] = SECRET.encode()
    Image.new("RGB", size, "teal").save(file, extension, **extra, **info)
    return file.getvalue()


def content_of(file):
    with file.open() as stream:
        return stream.read()


def upload(log_in, name, content):
    client = log_in("Editors")
    return client.post(
        reverse("wagtailimages:add"),
        {
            "title": "A picture",
            "collection": 1,
            "file": SimpleUploadedFile(name, content),
        },
    )


@pytest.fixture(autouse=True)
def collection(root):
    return root


@pytest.mark.parametrize("extension", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_no_metadata_is_left_in_the_original_or_a_rendition(log_in, extension):
    content = picture(extension)
    assert SECRET.encode() in content

    upload(log_in, f"photo.{extension.lower()}", content)

    image = SiteImage.objects.get()
    rendition = image.get_rendition("max-32x32")
    for file in (image.file, rendition.file):
        stored = content_of(file)
        assert SECRET.encode() not in stored
        assert GPS not in Image.open(BytesIO(stored)).getexif()


def test_the_orientation_is_kept(log_in):
    upload(log_in, "photo.jpeg", picture())

    stored = content_of(SiteImage.objects.get().file)
    assert Image.open(BytesIO(stored)).getexif()[ORIENTATION] == 6


def test_the_hash_and_size_are_those_of_the_stored_file(log_in):
    upload(log_in, "photo.jpeg", picture())

    image = SiteImage.objects.get()
    assert image.file_size == len(content_of(image.file))
    stored_hash = image.file_hash
    image.file_hash = ""
    assert image.get_file_hash() == stored_hash


def flood():
    """A PNG of 30,000 by 30,000 pixels in a few kilobytes."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("flood.png", flood(), "too many pixels"),
        (
            "page.png",
            b"<html><script>alert(1)</script></html>",
            "Not a valid .png image",
        ),
        (
            "drawing.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "Not a supported image format",
        ),
        ("empty.png", b"", "empty"),
        ("cut.jpeg", picture()[:100], "This picture is damaged"),
        ("other.png", picture("JPEG"), "does not match"),
        ("big.jpeg", picture() + b"0" * (12 * 1024 * 1024), "too big"),
        ("wide.png", picture("PNG", size=(9000, 5000)), "too many pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_usable_picture_is_refused_with_a_sentence(
    log_in, name, content, sentence
):
    response = upload(log_in, name, content)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not SiteImage.objects.exists()
