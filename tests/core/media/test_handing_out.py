"""How private files reach readers: as consent and HTTP allow."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.media import coverage
from core.models.videos import Video
from home.roles import ADMISSIONS, EDITORS, SEO_SPECIALISTS
from testimonials.models import Appearance, Consent
from tests.helpers.addresses import reached
from tests.helpers.factories import SiteImageFactory
from tests.helpers.factories_testimonials import SubjectFactory

FILM = b"0000ftyp a film"


@pytest.fixture
def person(root):
    return SubjectFactory(consented__scope_photograph=True)


@pytest.fixture
def image(person):
    image = SiteImageFactory(shows="people")
    Appearance.objects.create(subject=person, image=image)
    return image


@pytest.fixture
def film(person):
    film = Video.objects.create(
        title="Walking",
        shows="people",
        file=ContentFile(FILM, "walk.mp4"),
        captions=ContentFile(b"WEBVTT", "walk.vtt"),
    )
    Appearance.objects.create(subject=person, video=film)
    return film


def body(answer):
    return b"".join(answer.streaming_content)


def test_nobody_keeps_a_private_file_without_asking_again(client, image):
    answer = client.get(image.file.url)
    body(answer)

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    known = {"If-None-Match": answer.headers["ETag"]}
    again = client.get(image.file.url, headers=known)
    assert (again.status_code, again.content) == (304, b"")

    Consent.objects.all().delete()

    assert client.get(image.file.url, headers=known).status_code == 404


def test_a_part_of_a_film(client, film):
    answer = client.get(film.file.url, headers={"Range": "bytes=4-7"})

    assert answer.status_code == 206
    assert body(answer) == b"ftyp"
    assert answer.headers["Content-Range"] == f"bytes 4-7/{len(FILM)}"
    assert answer.headers["Content-Type"] == "video/mp4"


def test_captions(client, film):
    answer = client.get(film.captions.url)

    assert body(answer) == b"WEBVTT"
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"


def test_nginx_sends_what_the_site_allows(client, settings, image, film):
    settings.PRIVATE_FILES_LOCATION = "/private-files/"
    rendition = image.get_rendition("width-100")

    for file, media_type in (
        (image.file, "image/jpeg"),
        (rendition.file, "image/jpeg"),
        (film.file, "video/mp4"),
    ):
        answer = client.get(file.url)
        place = file.name.removeprefix("private/")
        assert answer.headers["X-Accel-Redirect"] == f"/private-files/{place}"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Content-Type"] == media_type
        assert answer.content == b""

    Consent.objects.all().delete()

    answer = client.get(image.file.url)
    assert answer.status_code == 404
    assert "X-Accel-Redirect" not in answer.headers


@pytest.mark.parametrize(
    "address",
    [
        "/pictures/{pk}/other.jpg",
        "/pictures/{pk}/..",
        "/pictures/{pk}/..%2f..%2fexample.jpg",
        "/pictures/0/example.jpg",
        "/pictures/999999999999999999/example.jpg",
        "/pictures/99999999999999999999/example.jpg",
        "/films/{pk}/example.jpg",
        "/media/private/original_images/example.jpg",
        "/media/siteimage-{pk}-file/example.jpg",
    ],
)
def test_there_is_no_other_file(client, image, address):
    assert reached(client, image.file.url)
    assert client.get(address.format(pk=image.pk)).status_code == 404


def test_a_public_picture_has_no_private_address(client, root):
    image = SiteImageFactory()
    name = image.file.name.rpartition("/")[2]

    assert client.get(f"/pictures/{image.pk}/{name}").status_code == 404


class TestStaff:
    """Whoever may choose or change a picture sees it, whatever consent says."""

    @pytest.fixture(autouse=True)
    def withdrawn(self, image, film):
        Consent.objects.all().delete()

    @pytest.mark.parametrize(
        ("role", "picture", "video"),
        [
            (EDITORS, True, True),
            (SEO_SPECIALISTS, True, False),
            (ADMISSIONS, False, False),
            (None, True, True),
        ],
    )
    def test_sees_what_its_role_allows(
        self, client, log_in, image, film, role, picture, video
    ):
        assert not reached(client, image.file.url)
        log_in(role)

        assert reached(client, image.file.url) is picture
        assert reached(client, image.get_rendition("width-100").url) is picture
        assert reached(client, film.file.url) is video

    def test_sees_nothing_before_a_code_where_one_is_required(
        self, settings, log_in, image
    ):
        settings.SECOND_FACTOR_PERMISSIONS = ["users.edit_page_content"]

        assert not reached(log_in(EDITORS), image.file.url)

    def test_finds_it_in_the_admin(self, log_in, image):
        admin = log_in(EDITORS)

        listing = admin.get(reverse("wagtailimages:index")).content.decode()
        form = admin.get(reverse("wagtailimages:edit", args=[image.pk]))

        assert f'src="/pictures/{image.pk}/' in listing
        assert f'src="/pictures/{image.pk}/' in form.content.decode()

    @pytest.mark.parametrize("query", [{}, {"q": "A"}, {"q": "drawing"}])
    def test_is_not_offered_it_for_a_page(self, log_in, image, query):
        SiteImageFactory(title="A harbour")
        image.title = "A drawing of somebody"
        image.save()

        chooser = reverse("wagtailimages_chooser:choose")
        html = log_in(None).get(chooser, query).content

        assert (b"A harbour" in html) == (query.get("q") != "drawing")
        assert b"A drawing of somebody" not in html


def test_without_a_keeper_of_consents_nobody_is_shown(client, image, monkeypatch):
    monkeypatch.setattr(coverage, "_keepers", [])

    assert not reached(client, image.file.url)
