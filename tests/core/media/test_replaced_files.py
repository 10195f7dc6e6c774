"""A file that another replaces answers for a while, since pages may name it."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from core.media.private_files import say
from core.media.stores import either_store
from core.models import ReplacedFile, SiteImage, Video
from core.persons.registry import Item
from core.tasks import delete_replaced_files
from testimonials.appearances import mark
from testimonials.models import Appearance
from testimonials.personal_data import Subjects
from tests.helpers.addresses import public_files, reached
from tests.helpers.factories import SiteImageFactory
from tests.helpers.factories_testimonials import SubjectFactory
from tests.helpers.films import film as film_file
from tests.helpers.hostile_pictures import png

ALL = ("file", "captions")
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:02.000\nShe walks.\n"

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


class TestOnceSomebodyIsTakenOut:
    """What showed them is judged by those who are left, so it answers nobody."""

    @pytest.fixture
    def people(self, root):
        scopes = {
            f"consented__scope_{n}": True for n in ("photograph", "video", "voice")
        }
        return [SubjectFactory(**scopes) for _number in range(2)]

    @pytest.fixture(params=[SiteImage, Video])
    def record(self, request, people):
        """A picture or film that shows two people."""
        if request.param is SiteImage:
            record = SiteImageFactory()
        else:
            record = Video.objects.create(
                title="A visit",
                file=ContentFile(film_file(), "visit.mp4"),
                captions=ContentFile(CAPTIONS, "visit.vtt"),
            )
        for person in people:
            mark([record], person.pk)
            record.refresh_from_db()
        return record

    @pytest.fixture
    def save(self, log_in, commits, client):
        """Post the form of a picture or film, and leave its reader logged out."""

        def save(record, *people, new=(), refused=False):
            posted = {"title": "Cut", "people": [each.pk for each in people]}
            posted["shows"] = "people" if people else "nobody"
            if isinstance(record, SiteImage):
                url = reverse("wagtailimages:edit", args=[record.pk])
                files = {"file": SimpleUploadedFile("cut.png", png(), "image/png")}
            else:
                names = Video.snippet_viewset.get_url_name("edit")
                url = reverse(names, args=[record.pk])
                posted |= {"transcript": rich_text("<p>A visit.</p>"), "poster": ""}
                long = film_file(long=True)
                files = {
                    "file": SimpleUploadedFile("cut.mp4", long, "video/mp4"),
                    "captions": SimpleUploadedFile("cut.vtt", CAPTIONS, "text/vtt"),
                }
            if new is not ALL:
                files = {name: files[name] for name in new}
            answer = log_in(None).post(url, posted | files)
            assert answer.status_code == (200 if refused else 302)
            client.logout()
            record.refresh_from_db()

        return save

    def withdraw(self, person):
        for consent in person.consents.all():
            consent.withdrawn_at = timezone.now()
            consent.save()

    def files(self, record):
        if isinstance(record, Video):
            return [record.file, record.captions]
        return [record.file, record.get_rendition("width-9").file]

    def test_with_the_new_file(self, client, record, people, save):
        stays, leaves = people
        before = self.files(record)
        addresses = [file.url for file in before]
        assert all(reached(client, address) for address in addresses)
        self.withdraw(leaves)

        save(record, stays, new=ALL)

        assert all(reached(client, file.url) for file in self.files(record))
        assert [address for address in addresses if reached(client, address)] == []
        assert [file.name for file in before if either_store.exists(file.name)] == []

    def test_after_it_was_replaced(self, client, record, people, save):
        stays, leaves = people
        before = self.files(record)
        addresses = [file.url for file in before]
        save(record, *people, new=ALL)
        assert all(reached(client, address) for address in addresses)
        self.withdraw(leaves)
        assert [address for address in addresses if reached(client, address)] == []

        save(record, stays)

        assert all(reached(client, file.url) for file in self.files(record))
        assert [address for address in addresses if reached(client, address)] == []
        assert [file.name for file in before if either_store.exists(file.name)] == []

    def test_by_whatever_code(self, client, record, people, save, commits):
        before = self.files(record)
        addresses = [file.url for file in before]
        save(record, *people, new=ALL)

        with commits():
            Appearance.objects.filter(subject=people[1]).delete()

        assert all(reached(client, file.url) for file in self.files(record))
        assert [address for address in addresses if reached(client, address)] == []
        assert [file.name for file in before if either_store.exists(file.name)] == []

    def test_and_is_forgotten(self, record, people, save, commits):
        stays, leaves = people
        before = [file.name for file in self.files(record)]
        save(record, stays, new=ALL)

        with commits():
            Subjects().erase(Item(str(leaves.pk), "", frozenset(), timezone.now()))

        assert [name for name in before if either_store.exists(name)] == []

    def test_while_its_store_fails(self, client, record, people, save, monkeypatch):
        def fail(*args):
            raise OSError

        before = self.files(record)
        addresses = [file.url for file in before]
        with monkeypatch.context() as broken:
            broken.setattr(type(either_store), "delete", fail)
            save(record, people[0], new=ALL)

        assert all(either_store.exists(file.name) for file in before)
        assert [address for address in addresses if reached(client, address)] == []

        delete_replaced_files.call()
        assert [file.name for file in before if either_store.exists(file.name)] == []

    def test_not_when_a_consent_is_over(self, client, record, people, save, at):
        addresses = [file.url for file in self.files(record)]
        save(record, *people, new=ALL)
        end = timezone.localdate()
        people[1].consents.update(valid_until=end)
        assert all(reached(client, address) for address in addresses)

        at(timezone.now() + timedelta(days=2))

        assert [address for address in addresses if reached(client, address)] == []
        assert ReplacedFile.objects.filter(replaced_at__year__gt=2000).exists()

    @pytest.mark.parametrize("new", [ALL, ("file",)], ids=["all", "file"])
    def test_by_a_new_file_of_nobody(self, client, record, people, save, new):
        """What shows them does not become public on the way."""
        before = self.files(record)
        addresses = [file.url for file in before]
        self.withdraw(people[1])

        save(record, new=new)

        assert record.shows == "nobody"
        now = [file.url for file in self.files(record)]
        assert all(reached(client, address) for address in now)
        assert [address for address in addresses if reached(client, address)] == []
        assert [file.name for file in before if either_store.exists(file.name)] == []
        assert sorted(public_files()) == sorted(f.name for f in self.files(record))

    def test_or_stays_as_it_is_where_the_store_fails(
        self, client, record, people, save, monkeypatch
    ):
        def fail(*args, **kwargs):
            raise OSError

        if isinstance(record, SiteImage):
            pytest.skip("A picture has one file, which is replaced.")
        before = self.files(record)
        addresses = [file.url for file in before]
        with monkeypatch.context() as broken:
            broken.setattr(type(either_store), "save", fail)
            save(record, new=("file",), refused=True)

        record.refresh_from_db()
        assert record.shows_people
        assert [file.url for file in self.files(record)] == addresses
        assert all(reached(client, address) for address in addresses)
        assert public_files() == []

    def test_or_whatever_says_that_it_shows_nobody(self, client, record, people, save):
        before = [file.url for file in self.files(record)]
        save(record, *people, new=ALL)

        type(record).objects.filter(pk=record.pk).update(shows="nobody")

        assert [address for address in before if reached(client, address)] == []
