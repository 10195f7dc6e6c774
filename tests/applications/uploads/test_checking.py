"""What is sent is taken by its content, made safe, or refused with what to do."""

import zipfile
from io import BytesIO
from itertools import pairwise

import hypothesis
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from applications.uploads import pictures
from applications.uploads.checking import MEGABYTE, checked
from tests.helpers.applicants_files import PDF, picture
from tests.helpers.hostile_pictures import animation, hostile, saved, unusual

# What a telephone writes: turned, taken with a device of a maker, at a place.
EXIF = Image.Exif()
EXIF[0x0112] = 6
EXIF[0x010F] = "Plumbago Phones"
EXIF.get_ifd(0x8825)[1] = "N"
PATHS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
}


def opened(content):
    return Image.open(BytesIO(content))


def said(content, name="scan.jpg", **more):
    with pytest.raises(ValidationError) as refused:
        checked(name, content, **more)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photograph_is_turned_and_tells_nothing_but_what_it_shows(kind):
    content = picture(kind, size=(64, 40), exif=EXIF.tobytes())
    assert b"Plumbago" in content

    safe = checked("IMG_1.xyz", content)

    with opened(safe.content) as image:
        assert image.size == (40, 64)
        assert not image.getexif()
        assert image.format == PATHS[safe.content_type]
    assert b"Plumbago" not in safe.content


def test_a_heic_becomes_a_jpeg_that_every_program_shows():
    safe = checked("IMG_0012.HEIC", picture("HEIF"))

    assert (safe.name, safe.content_type) == ("IMG_0012.jpg", "image/jpeg")


def test_a_photograph_that_came_upside_down_in_a_heic_looks_right():
    upright = Image.new("RGB", (80, 40), "white")
    upright.paste("black", (0, 0, 80, 20))
    turned = Image.Exif()
    turned[0x0112] = 3
    content = saved(upright.rotate(180), "HEIF", exif=turned.tobytes(), quality=90)

    with opened(checked("x.heic", content).content) as image:
        assert image.size == (80, 40)
        assert image.getpixel((40, 5))[0] < 60
        assert image.getpixel((40, 35))[0] > 200


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "This file is empty"),
        (b"MZ\x90\0" + bytes(100), "neither a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a picture"),
        (b"<html><script>alert(1)</script>", "neither a picture"),
        (b"PK\x03\x04" + bytes(100), "neither a picture"),
        (b"\xff\xd8\xff", "This picture is damaged"),
        (b"\x89PNG\r\n\x1a\n", "This picture is damaged"),
        (b"RIFF\0\0\0\0WEBP", "This picture is damaged"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "This picture is damaged"),
        (animation("GIF", 2), "neither a picture"),
        (animation("PNG", 2), "This picture moves"),
        (animation("WEBP", 2, lossless=True), "This picture moves"),
        (picture("HEIF")[:-200], "This picture is damaged"),
        (b"%PDF-", "This PDF is damaged"),
        (PDF[:-8], "This PDF is damaged"),
        (PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "locked with a password"),
        (PDF.replace(b"/Root", b"/Encrypt<</V 4>>/Root"), "locked with a password"),
        (b"%PDF-1.5 <</Type/XRef/Encrypt\n12 0 R>>startxref %%EOF", "locked with a"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content, part):
    assert part in said(content)


def test_words_about_encryption_lock_no_pdf():
    about = PDF.replace(b"endobj", b"(/Encrypt is a key) /EncryptMetadata endobj", 1)

    assert checked("x.pdf", about).content == about


@pytest.mark.parametrize(
    "name", [n for n in sorted(hostile()) if not n.endswith(("gif", "avif", "svg"))]
)
def test_a_picture_that_is_made_to_do_harm_is_refused(name):
    assert said(hostile()[name][0])


@pytest.mark.parametrize("name", ["grey.png", "print.jpeg", "inflated.png"])
def test_a_picture_that_is_only_unusual_is_taken(name):
    content, (mode, size) = unusual()[name]

    with opened(checked(name, content).content) as image:
        assert (image.mode, image.size) == (mode, size)


def test_a_heic_of_too_many_pixels_is_refused_before_it_is_decoded(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 2_000

    assert "too many pixels" in said(picture("HEIF", size=(64, 40)))


def test_what_is_too_large_is_told_in_megabytes():
    sentence = said(PDF + bytes(MEGABYTE), megabytes=1)

    assert "it has 1.0\xa0MB, and 1 MB can be sent" in sentence


class TestTwoFilesInOne:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
    @hypothesis.settings(deadline=None, max_examples=20)
    @given(st.binary(min_size=8, max_size=400))
    def test_what_hangs_on_a_picture_is_gone(self, kind, more):
        harm = b"<script>" + more + b"PK\x03\x04"

        safe = checked("x", picture(kind, size=(8, 8)) + harm)

        assert harm not in safe.content
        assert b"<script>" not in safe.content

    def test_a_pdf_behind_the_head_of_a_picture_is_only_a_picture(self):
        safe = checked("x.pdf", picture("JPEG") + PDF)

        assert (safe.name, safe.content_type) == ("x.jpg", "image/jpeg")
        assert b"%PDF" not in safe.content

    def test_a_pdf_that_is_an_archive_too_is_refused(self):
        file = BytesIO(PDF)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("harm.js", "x")

        assert "holds other files" in said(file.getvalue())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@hypothesis.settings(deadline=None, max_examples=60)
@given(st.data())
def test_damage_anywhere_is_a_sentence_or_a_whole_picture(kind, data):
    content = bytearray(picture(kind, size=(16, 16)))
    for _ in range(3):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(content) // 2, len(content)))

    try:
        safe = checked("x", bytes(content[:cut]))
    except ValidationError:
        pass  # in whichever words
    else:
        with opened(safe.content) as image:
            image.load()


@given(st.lists(st.binary(max_size=60), min_size=2, max_size=5))
def test_no_bytes_are_taken_for_a_file(parts):
    for one, other in pairwise(parts):
        for head in (b"", b"%PDF-1.4", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"):
            assert said(head + one + other)


def test_a_picture_that_waits_too_long_for_its_turn_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "_PATIENCE", 0.01)

    with (
        pictures._one_at_a_time,
        pytest.raises(ValidationError, match="Many pictures are being sent"),
    ):
        checked("a.jpg", picture("JPEG"))

    assert checked("a.jpg", picture("JPEG")).content_type == "image/jpeg"
