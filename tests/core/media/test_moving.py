"""Wherever a move of files breaks off: nothing is lost, and the next one succeeds."""

import contextlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import transaction

from core.media.private_files import NotMoved, put_in_place, say
from core.models import ReplacedFile, SiteImage, SiteRendition, Video
from tests.helpers.addresses import public_files, reached
from tests.helpers.factories import SiteImageFactory
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = pytest.mark.django_db(transaction=True)


def picture():
    image = SiteImageFactory()
    image.get_renditions("width-50", "width-100")
    return image


def film():
    return Video.objects.create(
        title="Walking",
        file=ContentFile(b"0000ftyp a film", "walk.mp4"),
        captions=ContentFile(b"WEBVTT", "walk.vtt"),
    )


@pytest.fixture(params=[picture, film])
def record(request, root):
    return request.param()


def contents(record):
    files = [record.file] + ([record.captions] if isinstance(record, Video) else [])
    found = []
    for file in files:
        with file.open() as opened:
            found.append(opened.read())
    return found


@pytest.fixture
def fail_at(monkeypatch):
    """``fail_at("_save", 1)``: from the second on, nothing is saved."""

    def fail_at(name, step):
        done = []
        real = getattr(FileSystemStorage, name)

        def counted(*args, **kwargs):
            done.append(args)
            if len(done) > step:
                raise OSError("the power is gone")
            return real(*args, **kwargs)

        monkeypatch.setattr(FileSystemStorage, name, counted)
        return done

    return fail_at


@pytest.mark.parametrize("shows", ["people", "nobody"])
@pytest.mark.parametrize(("make", "step"), [(picture, 0), (film, 0), (film, 1)])
def test_a_copy_that_fails_changes_nothing(
    root, monkeypatch, fail_at, shows, make, step
):
    record = make()
    say(record, "nobody" if shows == "people" else "people")
    before, names, said = contents(record), public_files(), record.shows
    with monkeypatch.context():
        fail_at("_save", step)
        with pytest.raises(NotMoved):
            say(record, shows)
    monkeypatch.undo()

    record.refresh_from_db()
    assert record.shows == said
    assert contents(record) == before
    assert public_files() == names
    say(record, shows)
    assert (public_files() == []) == (shows == "people")
    assert contents(record) == before


@pytest.mark.parametrize("step", range(4))
@pytest.mark.usefixtures("queue")
def test_what_cannot_be_deleted_is_deleted_by_the_worker(record, monkeypatch, step):
    before = contents(record)
    done, real = [], FileSystemStorage.delete

    def fail(*args):
        done.append(args)
        if len(done) > step:
            raise OSError("the power is gone")
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", fail)
        say(record, "people")
    assert record.file.name.startswith("private/")
    assert contents(record) == before

    run_queued()

    assert public_files() == []
    assert not ReplacedFile.objects.exists()


def test_what_is_rolled_back_leaves_every_file(client, record):
    before, names = contents(record), public_files()

    with contextlib.suppress(RuntimeError), transaction.atomic():
        say(record, "people")
        raise RuntimeError

    record.refresh_from_db()
    assert record.shows == ""
    assert public_files() == names
    assert contents(record) == before
    assert all(reached(client, each.url) for each in SiteRendition.objects.all())


def test_a_move_of_an_earlier_version_goes_on(root):
    """It deleted the public file before the commit, which then did not happen."""
    image = SiteImageFactory()
    old = image.file.name
    kept = f"siteimage-{image.pk}-file/a.jpg"
    with default_storage.open(old) as file:
        storages["private"].save(kept, file)
    default_storage.delete(old)
    SiteImage.objects.update(shows="people")

    assert put_in_place(SiteImage, image.pk)

    image.refresh_from_db()
    assert image.file.name == f"private/{kept}"
