"""A file that another replaces answers for a while, since pages may name it."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from core.media.private_files import say
from core.models import ReplacedFile, Video
from tests.helpers.addresses import public_files, reached
from tests.helpers.factories import SiteImageFactory
from tests.helpers.factories_testimonials import SubjectFactory
from tests.helpers.hostile_pictures import png

pytestmark = pytest.mark.usefixtures("moves_at_once")


@pytest.fixture
def image(root):
    return SiteImageFactory()


@pytest.fixture
def replace(log_in, image, commits):
    def replace(*people):
        """Upload another file, and return the addresses that the first one had."""
        files = [image.file, *(image.get_rendition(f"width-{w}").file for w in (9, 99))]
        before = [file.url for file in files]
        posted = {
            "title": image.title,
            "shows": image.shows,
            "people": [person.pk for person in people],
            "file": SimpleUploadedFile("new.png", png(), "image/png"),
        }
        url = reverse("wagtailimages:edit", args=[image.pk])
        assert log_in(None).post(url, posted).status_code == 302
        image.refresh_from_db()
        return before

    return replace


def pass_by(**time):
    for replaced in ReplacedFile.objects.all():
        replaced.replaced_at -= timedelta(**time)
        replaced.save()


def test_of_a_picture(client, image, replace):
    before = replace()

    assert "/new-" in image.file.url
    assert image.get_rendition("width-9").file.url not in before
    assert all(reached(client, address) for address in before)

    pass_by(days=29)
    call_command("check_media", mend=True, stdout=None)
    assert all(reached(client, address) for address in before)


def test_is_deleted_when_nothing_stored_can_name_it(client, image, replace, commits):
    before = replace()
    pass_by(days=31)

    with commits():
        call_command("check_media", mend=True)

    assert [address for address in before if reached(client, address)] == []
    assert reached(client, image.file.url)


def test_goes_with_the_picture(image, replace, commits):
    replace()

    with commits():
        image.delete()

    assert public_files() == []


def test_goes_at_once_when_the_picture_becomes_private(client, image, replace):
    before = replace()

    say(image, "people")

    client.logout()
    assert [address for address in before if reached(client, address)] == []
    assert public_files() == []


def test_of_a_private_picture_is_handed_out_as_the_new_one(client, image, replace):
    person = SubjectFactory(portrait=image, consented__scope_photograph=True)
    image.refresh_from_db()
    before = replace(person)

    client.logout()
    assert all(address.startswith("/pictures/") for address in before)
    assert all(reached(client, address) for address in before)

    person.consents.all().delete()

    assert [address for address in before if reached(client, address)] == []
    assert public_files() == []


@pytest.mark.parametrize("kind", ["picture", "film", "captions"])
def test_has_another_address_than_one_of_that_name_that_was_deleted(
    root, commits, kind
):
    def stored():
        if kind == "picture":
            picture = SiteImageFactory(file__filename="visit.png")
            return picture, picture.file.url
        film = Video.objects.create(
            title="A visit",
            file=ContentFile(b"0000ftyp", "visit.mp4"),
            captions=ContentFile(b"WEBVTT", "visit.vtt"),
        )
        return film, (film.file if kind == "film" else film.captions).url

    first, kept_by_browsers = stored()
    with commits():
        first.delete()

    assert public_files() == []
    assert stored()[1] != kept_by_browsers


def test_of_a_film(client, root, commits):
    film = Video.objects.create(title="A", file=ContentFile(b"0000ftyp", "a.mp4"))
    before = film.file.url
    film.file = ContentFile(b"0000ftyp", "b.mp4")

    with commits():
        film.save()

    assert film.file.url != before
    assert reached(client, before)
    with commits():
        film.delete()
    assert public_files() == []
