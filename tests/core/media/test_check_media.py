"""`check_media` finds what stores and rows do not agree on, and mends it."""

import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command

from core.media.private_files import say
from core.media.stores import either_store
from core.models.images import SiteImage, SiteRendition
from core.models.videos import Video
from seo.social_pictures.tasks import make_social_picture
from tests.helpers.addresses import public_files
from tests.helpers.factories import SiteImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moves_at_once")]


def run(*options):
    """Run the command, and return what it says and whether all is in order."""
    said = StringIO()
    try:
        call_command("check_media", *options, stdout=said, stderr=said)
    except CommandError as error:
        said.write(str(error))
        return said.getvalue(), False
    return said.getvalue(), True


def stray(name, age=7200):
    """Store a file without a row, of that many seconds."""
    name = either_store.save(name, ContentFile(b"..."))
    at = time.time() - age
    os.utime(either_store.path(name), (at, at))
    return name


@pytest.fixture
def image(db):
    image = SiteImageFactory()
    image.get_rendition("width-100")
    Video.objects.create(title="Walking", file=ContentFile(b"0000ftyp", "walk.mp4"))
    return image


def test_what_is_in_order_is_left_alone(image):
    before = public_files()

    said, is_well = run("--mend")

    assert is_well, said
    assert len(before) == 3
    assert public_files() == before


@pytest.mark.parametrize(
    "name",
    [
        "original_images/lost.jpg",
        "images/lost.jpg",  # where renditions were stored before
        "images/7/lost.width-100.jpg",
        "videos/lost.mp4",
        "private/images/7/lost.jpg",
        "private/siteimage-7-file/lost.jpg",
    ],
)
def test_files_without_a_row_are_named_and_deleted(image, name):
    stored = stray(name)

    said, is_well = run()
    assert not is_well
    assert f"File without a row: {name}" in said
    assert either_store.exists(stored)

    assert run("--mend")[1]
    assert not either_store.exists(stored)
    assert run()[1]


@pytest.mark.parametrize(
    "name",
    [
        "documents/form.pdf",
        "private/db.sqlite3",
        "private/media/original_images/walk.jpg",
        "private/siteimage-7-file.bak/walk.jpg",
    ],
)
def test_other_files_are_none_of_its_business(image, name):
    kept = stray(name)

    assert run("--mend")[1]

    assert either_store.exists(kept)


def test_a_file_that_is_being_stored_is_left_alone(image):
    kept = stray("original_images/new.jpg", age=60)

    assert run("--mend")[1]

    assert either_store.exists(kept)


def test_a_rendition_without_a_file_is_made_anew(image):
    rendition = SiteRendition.objects.get()
    default_storage.delete(rendition.file.name)

    said, is_well = run()
    assert not is_well
    assert "Row without a file: site rendition" in said

    assert run("--mend")[1]
    again = SiteImage.objects.get().get_rendition("width-100")
    assert default_storage.exists(again.file.name)


def test_a_store_that_is_away_loses_no_row(image, settings):
    """Such as a disk that is not mounted at night."""
    here, away = Path(settings.MEDIA_ROOT), Path(f"{settings.MEDIA_ROOT}.away")
    here.rename(away)

    said, is_well = run("--mend")

    assert not is_well
    assert "Row without a file: site rendition" in said
    away.rename(here)
    assert SiteRendition.objects.count() == 1
    assert run()[1]


def test_a_lost_original_is_named_each_time(image):
    default_storage.delete(image.file.name)

    for options in ([], ["--mend"]):
        said, is_well = run(*options)
        assert not is_well
        assert f"Row without a file: image {image.pk}: original_images/" in said


def test_files_in_the_wrong_store_are_moved(image):
    SiteImage.objects.update(shows="people")

    said, is_well = run()
    assert not is_well
    assert f"In the wrong store: image {image.pk}" in said

    assert run("--mend")[1]
    assert public_files() == [Video.objects.get().file.name]


def test_a_store_that_cannot_be_written_is_told_of(image, monkeypatch):
    SiteImage.objects.update(shows="people")

    def fail(*args, **kwargs):
        raise PermissionError("read-only")

    monkeypatch.setattr(storages["private"], "_save", fail)
    said, is_well = run("--mend")

    assert not is_well
    assert f"Not moved: image {image.pk}, PermissionError" in said


def test_an_original_lost_between_the_stores_is_found_again(image):
    """The process ended after the public file was deleted, before the commit."""
    old = image.file.name
    say(image, "people")
    SiteImage.objects.update(file=old)

    assert run("--mend")[1]

    image = SiteImage.objects.get()
    assert image.file.name.startswith("private/")
    assert Path(image.file.path).exists()


def test_a_social_picture_that_no_page_shows_is_found(home):
    make_social_picture.call(home.pk)
    page = default_storage.listdir("social-pictures/pages")[0][0]
    (name,) = default_storage.listdir(f"social-pictures/pages/{page}")[1]
    shown = f"social-pictures/pages/{page}/{name}"
    os.utime(either_store.path(shown), (0, 0))
    old = stray(f"social-pictures/pages/{page}/0-old.jpg")
    gone = stray(f"social-pictures/pages/{home.pk + 1}/0-gone.jpg")

    said, _is_well = run("--mend")

    assert f"File without a row: {old}" in said
    assert f"File without a row: {gone}" in said
    assert default_storage.exists(shown)
    assert not default_storage.exists(old)
