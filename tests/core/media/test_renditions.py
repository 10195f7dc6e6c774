"""Renditions: one file for each row, in a folder of the picture's own."""

import threading

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from wagtail.images.models import SourceImageIOError

from core.media.private_files import say
from core.media.stores import without_digits
from core.models.images import SiteImage, SiteRendition
from tests.helpers.addresses import public_files, reached
from tests.helpers.at_once import at_once
from tests.helpers.factories import SiteImageFactory

SPECS = ["width-100|format-webp", "width-200|format-webp", "width-100|format-jpeg"]


def renditions_of(pk):
    return [name for name in public_files() if name.startswith(f"images/{pk}/")]


@pytest.mark.django_db
class TestFolder:
    def test_is_the_picture_s_own(self):
        image, other = SiteImageFactory(), SiteImageFactory()

        image.get_renditions(*SPECS)
        other.get_rendition("width-100")

        assert len(renditions_of(image.pk)) == len(SPECS)
        assert len(renditions_of(other.pk)) == 1

    def test_goes_with_the_picture_whether_rows_know_its_files_or_not(self, commits):
        image = SiteImageFactory()
        image.get_renditions(*SPECS)
        SiteRendition.objects.first().delete()

        with commits():
            image.delete()

        assert public_files() == []

    def test_goes_with_a_private_picture(self, commits):
        image = SiteImageFactory(shows="people")
        name = image.get_rendition("width-100").file.name
        assert name.startswith(f"private/images/{image.pk}/")
        storage = image.file.storage

        with commits():
            image.delete()

        assert not storage.exists(name)
        assert not storage.exists(image.file.name)

    def test_has_no_name_twice(self, commits):
        """Wagtail deletes files some time later, by name."""
        image = SiteImageFactory()
        first = image.get_rendition("width-100")
        default_storage.delete(first.file.name)
        first.delete()

        assert image.get_rendition("width-100").file.name != first.file.name


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def image(self, root):
        return SiteImageFactory()

    @pytest.mark.parametrize("specs", [SPECS, SPECS[:1]], ids=["several", "one"])
    def test_two_readers_leave_one_file_for_each_row(self, image, specs):
        def render():
            return SiteImage.objects.get(pk=image.pk).get_renditions(*specs)

        at_once(render, render)

        assert SiteRendition.objects.count() == len(specs)
        named = set(SiteRendition.objects.values_list("file", flat=True))
        assert set(renditions_of(image.pk)) == named

    def test_what_is_rendered_while_a_picture_becomes_private_is_private(
        self, client, image, monkeypatch
    ):
        generate, rendered, marked = (
            SiteImage.generate_rendition_file,
            threading.Event(),
            threading.Event(),
        )

        def generate_and_wait(*args, **kwargs):
            file = generate(*args, **kwargs)
            rendered.set()
            assert marked.wait(30)
            return file

        def render():
            made.append(SiteImage.objects.get(pk=image.pk).get_rendition("width-100"))
            connection.close()

        made = []
        monkeypatch.setattr(SiteImage, "generate_rendition_file", generate_and_wait)
        reader = threading.Thread(target=render)
        reader.start()
        assert rendered.wait(30)
        say(image, "people")
        marked.set()
        reader.join()

        [rendition] = made
        assert rendition.file.name.startswith("private/")
        assert public_files() == []
        assert not reached(client, rendition.url)

    def test_what_is_rendered_while_a_picture_is_deleted_is_nowhere(
        self, image, monkeypatch
    ):
        generate = SiteImage.generate_rendition_file

        def generate_and_delete(*args, **kwargs):
            file = generate(*args, **kwargs)
            deleting = threading.Thread(target=delete)
            deleting.start()
            deleting.join()
            return file

        def delete():
            SiteImage.objects.all().delete()
            connection.close()

        monkeypatch.setattr(SiteImage, "generate_rendition_file", generate_and_delete)

        with pytest.raises(SourceImageIOError):
            image.get_rendition("width-100")
        assert public_files() == []


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("walk-123456789.width-8.jpg", "walk.width-8.jpg"),
        ("room-12.width-8.jpg", "room-12.width-8.jpg"),
        ("walk-1234567890.width-8.jpg", "walk-1234567890.width-8.jpg"),
    ],
)
def test_the_digits_of_a_picture_s_file_are_not_in_the_names_of_its_renditions(
    name, printed
):
    assert without_digits(name) == printed
