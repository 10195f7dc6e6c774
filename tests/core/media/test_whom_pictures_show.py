"""Staff say of a picture or film whom it shows, and its files go where that allows."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.models.images import SiteImage
from core.models.videos import Video
from home.roles import EDITORS, MODERATORS
from testimonials.models import Appearance
from tests.helpers.addresses import public_files, reached
from tests.helpers.factories import SiteImageFactory
from tests.helpers.factories_testimonials import SubjectFactory
from tests.helpers.films import film
from tests.helpers.hostile_pictures import png

pytestmark = pytest.mark.usefixtures("moves_at_once")


@pytest.fixture
def person(db):
    return SubjectFactory(consented__scope_photograph=True)


@pytest.fixture
def image(db):
    return SiteImageFactory()


def save(client, image, shows, *people, **more):
    """Post the form of a picture, and return the answer."""
    posted = {
        "title": image.title,
        "description": image.description,
        "shows": shows,
        "people": [each.pk for each in people],
        **more,
    }
    answer = client.post(reverse("wagtailimages:edit", args=[image.pk]), posted)
    image.refresh_from_db()
    return answer


CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:02.000\nShe walks.\n"


def picture_file(name):
    return SimpleUploadedFile(name, png(), "image/png")


def errors(answer):
    return {name: list(each) for name, each in answer.context["form"].errors.items()}


def test_a_picture_of_people_leaves_the_public_store(log_in, client, image, person):
    rendition = image.get_rendition("width-100")
    old = [image.file.url, rendition.url]

    assert save(log_in(EDITORS), image, "people", person).status_code == 302

    client.logout()
    assert [address for address in old if reached(client, address)] == []
    assert public_files() == []
    assert image.file.url.startswith(f"/pictures/{image.pk}/")
    assert reached(client, image.file.url)
    assert reached(client, image.get_rendition("width-100").url)


def test_choosing_people_says_that_it_shows_people(log_in, image, person):
    save(log_in(EDITORS), image, "", person)

    assert image.shows == "people"
    assert list(Appearance.objects.values_list("subject", "image")) == [
        (person.pk, image.pk)
    ]


def test_people_need_to_be_named(log_in, image):
    answer = save(log_in(EDITORS), image, "people")

    assert errors(answer).keys() == {"people"}
    assert image.shows == ""
    assert reached(log_in(EDITORS), image.file.url)


def test_people_and_nobody_contradict_each_other(log_in, image, person):
    answer = save(log_in(EDITORS), image, "nobody", person)

    assert errors(answer).keys() == {"shows"}


def test_an_upload_goes_to_the_private_store_at_once(log_in, person):
    posted = {
        "title": "A walk",
        "shows": "people",
        "people": [person.pk],
        "file": picture_file("walk.png"),
    }

    log_in(EDITORS).post(reverse("wagtailimages:add"), posted)

    image = SiteImage.objects.get()
    assert re.fullmatch(r"private/original_images/walk-\d+\.png", image.file.name)
    assert public_files() == []
    assert reached(log_in(None), image.file.url)


def test_a_file_that_replaces_another_is_private_with_it(log_in, image, person):
    save(log_in(EDITORS), image, "people", person)

    save(log_in(EDITORS), image, "people", person, file=picture_file("b.png"))

    assert image.file.name.startswith("private/")
    assert reached(log_in(EDITORS), image.file.url)
    assert public_files() == []


def test_a_file_may_be_replaced_while_people_are_chosen(log_in, image, person):
    image.get_rendition("width-100")

    save(log_in(EDITORS), image, "people", person, file=picture_file("b.png"))

    assert re.fullmatch(r"private/original_images/b-\d+\.png", image.file.name)
    assert public_files() == []


class TestTakingBack:
    @pytest.fixture(autouse=True)
    def shown(self, moves_at_once, log_in, image, person):
        save(log_in(EDITORS), image, "people", person)

    @pytest.mark.parametrize("shows", ["", "nobody"])
    def test_needs_the_right_of_those_who_keep_consents(self, log_in, image, shows):
        answer = save(log_in(EDITORS), image, shows)

        assert errors(answer).keys() == {"shows"}
        assert image.shows == "people"
        assert public_files() == []

    def test_needs_to_say_what_it_shows_instead(self, log_in, image):
        """A form that was opened before says nothing, and takes nothing back."""
        answer = save(log_in(MODERATORS), image, "")

        assert errors(answer).keys() == {"shows"}
        assert image.shows == "people"
        assert public_files() == []

    def test_moves_the_files_and_is_logged(self, client, log_in, image):
        image.get_rendition("width-100")
        answer = save(log_in(MODERATORS), image, "nobody")

        assert answer.status_code == 302
        client.logout()
        assert image.file.url.startswith("/media/original_images/")
        assert reached(client, image.file.url)
        assert not Appearance.objects.exists()
        entries = ModelLogEntry.objects.filter(action="core.shows.taken_back")
        assert [entry.user for entry in entries] == [client.user]

    def test_of_one_of_two_needs_it_too(self, log_in, image, person):
        other = SubjectFactory()
        save(log_in(EDITORS), image, "people", person, other)

        answer = save(log_in(EDITORS), image, "people", person)

        assert errors(answer).keys() == {"people"}
        assert Appearance.objects.count() == 2


class TestStoreThatCannotBeWritten:
    @pytest.fixture(autouse=True)
    def broken(self, monkeypatch, private_store):
        def fail(*args, **kwargs):
            raise PermissionError("read-only")

        monkeypatch.setattr(storages["private"], "_save", fail)

    def test_is_told_at_the_field_and_nothing_is_half_done(self, log_in, image, person):
        rendition = image.get_rendition("width-100")

        answer = save(log_in(EDITORS), image, "people", person)

        assert errors(answer).keys() == {"shows"}
        assert "could not be moved" in str(errors(answer))
        assert (image.shows, Appearance.objects.count()) == ("", 0)
        assert reached(log_in(EDITORS), image.file.url)
        assert reached(log_in(EDITORS), rendition.url)

    def test_stores_no_upload(self, log_in, person):
        posted = {
            "title": "A walk",
            "shows": "people",
            "people": [person.pk],
            "file": picture_file("walk.png"),
        }

        answer = log_in(EDITORS).post(reverse("wagtailimages:add"), posted)

        assert errors(answer).keys() == {"shows"}
        assert not SiteImage.objects.exists()
        assert public_files() == []


def test_a_film_and_its_poster_leave_the_public_store(log_in, client, image, person):
    walk = Video.objects.create(
        title="Walking",
        poster=image,
        file=ContentFile(film(), "walk.mp4"),
        captions=ContentFile(CAPTIONS, "walk.vtt"),
    )
    url = reverse(Video.snippet_viewset.get_url_name("edit"), args=[walk.pk])
    posted = {
        "title": "Walking",
        "poster": image.pk,
        "transcript": "null",
        "shows": "people",
        "people": [person.pk],
    }

    answer = log_in(EDITORS).post(url, posted)
    assert answer.status_code == 302, errors(answer)

    walk.refresh_from_db()
    image.refresh_from_db()
    client.logout()
    assert public_files() == []
    assert image.shows == "people"
    for file in (walk.file, walk.captions, image.file):
        assert reached(client, file.url)
    person.consents.all().delete()
    for file in (walk.file, walk.captions, image.file):
        assert not reached(client, file.url)


def test_an_uploaded_film_goes_to_the_private_store(log_in, person):
    url = reverse(Video.snippet_viewset.get_url_name("add"))
    posted = {
        "title": "Walking",
        "transcript": "null",
        "shows": "people",
        "people": [person.pk],
        "file": SimpleUploadedFile("walk.mp4", film()),
    }

    answer = log_in(EDITORS).post(url, posted)
    assert answer.status_code == 302, errors(answer)

    assert re.fullmatch(r"private/videos/walk-\d+\.mp4", Video.objects.get().file.name)
    assert public_files() == []
