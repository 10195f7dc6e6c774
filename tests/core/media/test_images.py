"""Pictures: stripped of what a camera adds, refused in words when they are none."""

import gc
import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.models.images import SiteImage
from tests.helpers.hostile_pictures import chunk

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


def marked(orientation, kind="JPEG", size=(64, 40)):
    """A picture, red on top as its pixels lie, with a mark of how it was held."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    lying = Image.new("RGB", size, "blue")
    lying.paste("red", (0, 0, size[0], size[1] // 4))
    file = BytesIO()
    lying.save(file, kind, exif=exif, **({"lossless": True} if kind == "WEBP" else {}))
    return file.getvalue()


def is_red(image, place):
    width, height = image.size
    red, _, blue = image.convert("RGB").getpixel(
        (int(place[0] * (width - 1)), int(place[1] * (height - 1)))
    )
    return red > 150 and blue < 100


class TestHowItWasHeld:
    """A telephone stores a picture as it lies and marks how it is to be turned."""

    @pytest.mark.parametrize(
        ("orientation", "red"),
        [
            (1, (0.5, 0)),
            (2, (0.5, 0)),
            (3, (0.5, 1)),
            (4, (0.5, 1)),
            (5, (0, 0.5)),
            (6, (1, 0.5)),
            (7, (1, 0.5)),
            (8, (0, 0.5)),
        ],
    )
    def test_it_is_stored_as_it_is_to_be_seen(self, log_in, orientation, red):
        upload(log_in, "photo.jpeg", marked(orientation))

        image = SiteImage.objects.get()
        stored = Image.open(BytesIO(content_of(image.file)))
        assert ORIENTATION not in stored.getexif()
        assert is_red(stored, red)
        assert stored.size == ((40, 64) if orientation > 4 else (64, 40))
        assert (image.width, image.height) == stored.size

    @pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
    def test_so_are_other_formats(self, log_in, kind):
        upload(log_in, f"photo.{kind.lower()}", marked(6, kind))

        image = SiteImage.objects.get()
        stored = Image.open(BytesIO(content_of(image.file)))
        assert ORIENTATION not in stored.getexif()
        assert is_red(stored, (1, 0.5))
        assert (image.width, image.height) == stored.size == (40, 64)

    def test_a_crop_shows_what_the_editor_has_marked(self, log_in):
        upload(log_in, "photo.jpeg", marked(6, size=(640, 400)))
        image = SiteImage.objects.get()
        # The red edge at the right, by the measures that the editor works with.
        image.focal_point_x, image.focal_point_y = image.width - 40, image.height // 2
        image.focal_point_width = image.focal_point_height = 60
        image.save()

        with image.get_rendition("fill-60x60-c100").file.open() as content:
            assert is_red(Image.open(content), (0.9, 0.5))

    def test_it_is_as_sharp_as_before(self, log_in):
        content = marked(6)

        upload(log_in, "photo.jpeg", content)

        stored = Image.open(BytesIO(content_of(SiteImage.objects.get().file)))
        assert stored.quantization == Image.open(BytesIO(content)).quantization


def test_the_hash_and_size_are_those_of_the_stored_file(log_in):
    upload(log_in, "photo.jpeg", picture())

    image = SiteImage.objects.get()
    assert image.file_size == len(content_of(image.file))
    stored_hash = image.file_hash
    image.file_hash = ""
    assert image.get_file_hash() == stored_hash


def flood():
    """A PNG of 30,000 by 30,000 pixels in a few kilobytes."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def without_palette():
    """A PNG of numbered colours that does not say which they are."""
    header = struct.pack(">IIBBBBB", 30, 20, 8, 3, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\1" * 30) * 20)
    parts = (b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


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
        ("long.png", picture("PNG", size=(20_000, 3)), "16383 pixels wide or high"),
        ("high.jpeg", picture("JPEG", size=(3, 20_000)), "16383 pixels wide or high"),
        ("no-colours.png", without_palette(), "This picture is damaged"),
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


class TestOtherDoors:
    # Wagtail leaves the file open, to be closed with its object.
    @pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
    def test_a_picture_whose_title_was_refused_first_loses_its_place_too(self, log_in):
        """Wagtail stores such an upload, and makes the picture of it later."""
        client = log_in("Editors")
        waiting = client.post(
            reverse("wagtailimages:add_multiple"),
            {
                "title": "A" * 300,
                "collection": 1,
                "files[]": SimpleUploadedFile("photo.jpeg", picture()),
            },
            headers={"x-requested-with": "XMLHttpRequest"},
        ).json()
        pk = waiting["uploaded_file_id"]
        client.post(
            reverse("wagtailimages:create_multiple_from_uploaded_image", args=[pk]),
            {
                f"uploaded-image-{pk}-title": "A",
                f"uploaded-image-{pk}-collection": 1,
            },
            headers={"x-requested-with": "XMLHttpRequest"},
        )
        gc.collect()

        self.is_clean(SiteImage.objects.get())

    def test_a_picture_that_a_script_writes_loses_its_place_too(self, root):
        image = SiteImage(title="A")
        image.file.save("photo.jpeg", ContentFile(picture()), save=True)

        self.is_clean(SiteImage.objects.get())

    def is_clean(self, image):
        stored = content_of(image.file)
        assert SECRET.encode() not in stored
        assert (image.width, image.height) == Image.open(BytesIO(stored)).size
        assert image.file_size == len(stored)
        assert image.file_hash == hashlib.sha1(stored).hexdigest()  # noqa: S324


def test_a_picture_that_is_saved_again_keeps_its_file(log_in):
    upload(log_in, "photo.jpeg", picture())
    image = SiteImage.objects.get()
    name, content = image.file.name, content_of(image.file)

    image.title = "Another"
    image.save()

    image.refresh_from_db()
    assert image.file.name == name
    assert content_of(image.file) == content


SPECS = [
    f"{size}|format-{kind}"
    for size in ("width-400", "fill-400x267", "fill-96x96-c60")
    for kind in ("avif", "webp", "jpeg")
]


def pixel():
    return Image.new("P", (90, 60))


def drawn(mode, kind, size=(90, 60), **options):
    """Return a file of a picture with this way of storing colours."""
    file = BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cmyk.jpg", drawn("CMYK", "JPEG")),
        ("grey.jpg", drawn("L", "JPEG")),
        ("bad-profile.jpg", drawn("RGB", "JPEG", icc_profile=b"none" * 9)),
        ("few-colours.png", drawn("P", "PNG", transparency=bytes(range(200)))),
        ("one-clear-colour.png", drawn("RGB", "PNG", transparency=(1, 2, 3))),
        ("one-clear-grey.png", drawn("L", "PNG", transparency=3)),
        ("clear.png", drawn("RGBA", "PNG")),
        ("clear-grey.png", drawn("LA", "PNG")),
        ("bits.png", drawn("1", "PNG")),
        ("one-clear-bit.png", drawn("1", "PNG", transparency=0)),
        ("deep-grey.png", drawn("I;16", "PNG")),
        ("still.gif", drawn("P", "GIF", transparency=3)),
        ("moving.gif", drawn("P", "GIF", save_all=True, append_images=[pixel()])),
        ("moving.webp", drawn("RGB", "WEBP", save_all=True, append_images=[pixel()])),
        ("point.png", drawn("RGB", "PNG", size=(1, 1))),
        ("line.png", drawn("RGB", "PNG", size=(6000, 1))),
        ("pole.jpg", drawn("RGB", "JPEG", size=(1, 6000))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_that_is_taken_has_every_rendition(log_in, name, content):
    assert upload(log_in, name, content).status_code == 302

    image = SiteImage.objects.get()
    renditions = image.get_renditions(*SPECS, "max-165x165")

    for spec, made in renditions.items():
        kind = spec.rpartition("format-")[2].replace("jpeg", "jpg")
        assert spec == "max-165x165" or made.file.name.endswith(f".{kind}")
