"""Two who save one record at once lose neither its file nor whom it shows."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from core.media.people_forms import ShowsPeopleForm
from core.media.private_files import say
from core.media.stores import either_store
from core.models import ReplacedFile, SiteImage, Video
from core.models.shown_people import Shows
from tests.helpers.addresses import reached
from tests.helpers.factories import SiteImageFactory
from tests.helpers.films import film
from tests.helpers.hostile_pictures import png

pytestmark = pytest.mark.usefixtures("moves_at_once")


@pytest.fixture(params=[SiteImage, Video])
def record(request, root):
    if request.param is SiteImage:
        return SiteImageFactory()
    return Video.objects.create(title="A walk", file=ContentFile(film(), "walk.mp4"))


@pytest.fixture
def save(log_in, commits):
    client = log_in(None)

    def save(record, *, title="A walk", new=""):
        """Post the form of a picture or film, with a new file of that name or none."""
        posted = {"title": title, "shows": record.shows}
        if isinstance(record, SiteImage):
            url = reverse("wagtailimages:edit", args=[record.pk])
            file = (f"{new}.png", png(), "image/png")
        else:
            names = Video.snippet_viewset.get_url_name("edit")
            url = reverse(names, args=[record.pk])
            posted |= {"transcript": rich_text("<p>A walk.</p>"), "poster": ""}
            file = (f"{new}.mp4", film(long=True), "video/mp4")
        if new:
            posted["file"] = SimpleUploadedFile(*file)
        with commits():
            assert client.post(url, posted).status_code == 302

    return save


@pytest.fixture
def meanwhile(monkeypatch):
    def meanwhile(act):
        """Do so once the next form that is posted has read and checked its record."""
        save = ShowsPeopleForm.save

        def later(form):
            monkeypatch.setattr(ShowsPeopleForm, "save", save)
            act()
            return save(form)

        monkeypatch.setattr(ShowsPeopleForm, "save", later)

    return meanwhile


def pass_by():
    ReplacedFile.objects.update(replaced_at=timezone.now() - timedelta(days=31))


def test_a_new_title_leaves_the_file_that_somebody_uploads(record, save, meanwhile):
    meanwhile(lambda: save(record, new="new"))

    save(record, title="A walk in the park")

    record.refresh_from_db()
    assert record.title == "A walk in the park"
    assert "/new-" in record.file.name
    if isinstance(record, SiteImage):
        assert (record.width, record.height) == record.file.get_image_dimensions()


def test_of_two_new_files_the_last_stays_and_the_other_for_a_while(
    client, record, save, meanwhile
):
    names = []

    def act():
        save(record, new="first")
        names.append(type(record).objects.get(pk=record.pk).file.name)

    meanwhile(act)

    save(record, new="second")

    record.refresh_from_db()
    assert "/second-" in record.file.name
    assert names[0] in ReplacedFile.objects.values_list("name", flat=True)
    client.logout()
    assert reached(client, either_store.url(names[0]))


def test_a_new_title_leaves_private_what_somebody_says_shows_people(
    record, save, meanwhile
):
    meanwhile(lambda: say(type(record).objects.get(pk=record.pk), Shows.PEOPLE))

    save(record, title="A walk in the park")

    record.refresh_from_db()
    assert record.shows_people
    assert record.file.name.startswith("private/")
    assert either_store.exists(record.file.name)


def test_a_file_that_its_record_names_again_is_not_deleted(record, save, commits):
    old = record.file.name
    save(record, new="new")
    type(record).objects.filter(pk=record.pk).update(file=old)
    pass_by()

    with commits():
        call_command("check_media", mend=True)

    assert either_store.exists(old)
    assert not ReplacedFile.objects.filter(name=old).exists()
