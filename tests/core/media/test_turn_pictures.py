"""Pictures that were stored before uploads were turned upright are mended."""

from io import BytesIO, StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from PIL import Image

from core.media import upright
from core.media.private_files import say
from core.media.upright import look_at
from core.models.images import SiteImage, SiteRendition
from core.models.replaced_files import ReplacedFile
from tests.helpers.addresses import public_files
from tests.helpers.factories import SiteImageFactory

pytestmark = pytest.mark.django_db(transaction=True)


def lying(size=(64, 40), orientation=6):
    """A file that a telephone has marked as turned: red lies at the left."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    picture.save(file, "JPEG", exif=exif, quality=95)
    return file.getvalue()


def stored(content, width, height, **fields):
    """An image as Wagtail alone would have stored it."""
    image = SiteImageFactory()
    storage = image.file.storage
    storage.delete(image.file.name)
    name = storage.save("original_images/photo.jpg", ContentFile(content))
    fields |= {"file": name, "width": width, "height": height}
    SiteImage.objects.filter(pk=image.pk).update(**fields)
    return SiteImage.objects.get(pk=image.pk)


@pytest.fixture
def image(root):
    focal_point = {"focal_point_x": 16, "focal_point_y": 10}
    focal_point |= {"focal_point_width": 8, "focal_point_height": 4}
    return stored(lying(), 64, 40, **focal_point)


def run(*args):
    out = StringIO()
    call_command("turn_pictures", *args, stdout=out)
    return out.getvalue()


def test_a_turned_picture_is_stored_upright_with_its_size(image):
    storage, old = image.file.storage, image.file.name

    out = run()

    image.refresh_from_db()
    with image.file.open() as file, Image.open(file) as picture:
        assert picture.size == (image.width, image.height) == (40, 64)
        assert 0x0112 not in picture.getexif()
        red, _green, blue = picture.convert("RGB").getpixel((20, 5))
        assert red > 200 > 50 > blue
    assert not storage.exists(old)
    assert image.file_size == storage.size(image.file.name)
    assert f"Picture {image.pk}: turned\n1 of 1 pictures mended." in out


def test_the_focal_point_stays_where_the_editor_saw_it(image):
    run()

    image.refresh_from_db()
    # A quarter from the left and from the top, as it was.
    assert (image.focal_point_x, image.focal_point_y) == (10, 16)
    assert (image.focal_point_width, image.focal_point_height) == (5, 6)


def test_renditions_are_made_anew(image):
    rendition = image.get_rendition("max-32x32")
    storage, name = rendition.file.storage, rendition.file.name

    run()

    assert not SiteRendition.objects.exists()
    assert not storage.exists(name)


def test_nothing_that_may_hold_the_place_it_was_taken_at_is_kept_for_a_while(image):
    image.get_rendition("max-32x32")

    run()

    image.refresh_from_db()
    assert public_files() == [image.file.name]
    assert not ReplacedFile.objects.exists()


def test_a_dry_run_changes_nothing(image):
    out = run("--dry-run")

    image.refresh_from_db()
    assert (image.width, image.height) == (64, 40)
    with image.file.open() as file:
        assert file.read() == lying()
    assert "1 of 1 pictures to be mended." in out


def test_a_second_run_finds_nothing(image):
    run()

    assert "0 of 1 pictures mended." in run()


def test_a_picture_whose_record_is_wrong_is_measured(root):
    upright_file = BytesIO()
    Image.new("RGB", (40, 64)).save(upright_file, "JPEG")
    image = stored(upright_file.getvalue(), 64, 40, focal_point_x=32, focal_point_y=20)
    name = image.file.name

    run()

    image.refresh_from_db()
    assert (image.width, image.height, image.file.name) == (40, 64, name)
    assert (image.focal_point_x, image.focal_point_y) == (20, 32)


def test_bad_files_are_named_at_the_end_and_the_others_mended(image):
    damaged = stored(b"no picture", 1, 1)
    gone = stored(lying(), 64, 40)
    gone.file.storage.delete(gone.file.name)
    other = stored(lying(), 64, 40)

    with pytest.raises(CommandError) as raised:
        run()

    assert raised.value.returncode == 1
    assert f"Picture {damaged.pk}: " in str(raised.value)
    assert f"Picture {gone.pk}: FileNotFoundError" in str(raised.value)
    other.refresh_from_db()
    image.refresh_from_db()
    assert (image.width, other.width) == (40, 40)


def test_an_interruption_loses_nothing(image, monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(upright, "_keep_focal_point", interrupted)
    folder = image.file.storage.listdir("original_images")[1]

    with pytest.raises(KeyboardInterrupt):
        run()

    image.refresh_from_db()
    assert image.file.storage.listdir("original_images")[1] == folder
    with image.file.open() as file:
        assert file.read() == lying()
    monkeypatch.undo()
    assert "1 of 1 pictures mended." in run()


def test_private_pictures_are_turned_where_they_are(image):
    say(image, "people")

    assert "1 of 1 pictures mended." in run()

    image.refresh_from_db()
    assert image.file.name.startswith("private/")
    assert look_at(image) == "upright"
