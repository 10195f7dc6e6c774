"""Films that were stored before uploads were cleaned are cleaned."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from core.media.films import stored
from core.media.private_files import say
from core.media.stored_files import StoredFilm
from core.media.stores import either_store
from core.models.videos import Video
from tests.helpers.addresses import reached
from tests.helpers.films import PLACE, SOUND, box, with_places

pytestmark = pytest.mark.django_db(transaction=True)


def film(content=None, name="videos/walk.mp4"):
    """A film as it was stored before."""
    name = either_store.save(name, ContentFile(content or with_places()))
    video = Video.objects.create(title="Walking", file=ContentFile(b"", "other.mp4"))
    either_store.delete(video.file.name)
    Video.objects.filter(pk=video.pk).update(file=name)
    return Video.objects.get(pk=video.pk)


def run(*args):
    out = StringIO()
    call_command("clean_films", *args, stdout=out)
    return out.getvalue()


def content(video):
    with Video.objects.get(pk=video.pk).file.open() as file:
        return file.read()


def test_a_film_is_stored_without_its_places_and_the_old_file_is_gone(client):
    video, whole = film(), film(content=with_places(b"camm", b"camm"))
    address = video.file.url
    assert reached(client, address)

    out = run()

    for each in (video, whole):
        assert PLACE not in content(each)
        assert content(each).count(SOUND) == 3
    assert not reached(client, address)
    assert reached(client, Video.objects.get(pk=video.pk).file.url)
    assert f"Film {video.pk}: says more" in out
    assert "2 of 2 films cleaned." in out


def test_run_again_it_changes_nothing():
    video = film()
    run()
    name = Video.objects.get(pk=video.pk).file.name

    assert "0 of 1 films cleaned." in run()
    assert Video.objects.get(pk=video.pk).file.name == name


def test_a_dry_run_names_them_and_changes_nothing():
    video = film()

    assert "1 of 1 films to be cleaned." in run("--dry-run")
    assert PLACE in content(video)


def test_a_private_film_stays_private():
    video = film()
    say(video, "people")
    name = Video.objects.get(pk=video.pk).file.name

    run()

    video.refresh_from_db()
    assert video.file.name.startswith("private/")
    assert video.file.name != name
    assert PLACE not in content(video)


def test_a_former_file_that_is_kept_for_caches_goes_at_once(client):
    video = film()
    address, name = video.file.url, video.file.name
    video.file = ContentFile(with_places(), "new.mp4")
    video.captions = ContentFile(b"WEBVTT", "a.vtt")
    video.save()
    video.captions = ContentFile(b"WEBVTT", "b.vtt")
    video.save()
    assert reached(client, address)

    run()

    assert not reached(client, address)
    assert not either_store.exists(name)
    assert video.replaced_files.count() == 1, "captions are kept"


def test_interrupted_it_loses_nothing_and_goes_on_where_it_was(monkeypatch):
    first, second = film(), film()

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Video, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            run()

    assert PLACE in content(first)
    _folders, names = either_store.listdir("videos/")
    assert len(names) == 2, "no half-made copy is left"
    assert "2 of 2 films cleaned." in run()
    assert PLACE not in content(second)


def test_what_cannot_be_cleaned_or_read_is_named_and_stops_no_other():
    lost, fragments, last = film(), film(with_places() + box(b"moof", b"")), film()
    either_store.delete(lost.file.name)

    with pytest.raises(CommandError) as refusal:
        run()

    assert f"Film {lost.pk}: FileNotFoundError" in str(refusal.value)
    assert str(fragments.pk) not in str(refusal.value)
    assert PLACE not in content(last)


@pytest.mark.parametrize(
    ("whole", "state"),
    [
        (with_places() + box(b"moof", b""), stored.Found.UNREMOVABLE),
        (box(b"ftyp", b"isom") + with_places()[:-20], stored.Found.DAMAGED),
    ],
    ids=["in fragments", "cut short"],
)
def test_what_an_editor_has_to_export_anew_is_named_each_night_and_in_the_list(
    log_in, whole, state
):
    video = film(whole)

    for _night in range(2):
        assert f"Still to be seen to:\nFilm {video.pk}: {state}" in run()

    listed = log_in("Editors").get("/admin/snippets/core/video/").text
    assert "Export it anew and upload it." in listed


def test_no_film_is_read_again_until_more_is_taken_out(monkeypatch):
    video = film()
    run()
    read = []
    monkeypatch.setattr(stored, "to_blank", lambda file: read.append(file) or [])

    run()
    assert read == []

    monkeypatch.setattr(stored, "VERSION", stored.VERSION + 1)
    run()
    assert len(read) == 1
    assert Video.objects.get(pk=video.pk).film_problem() == ""


def test_a_film_that_is_replaced_meanwhile_stays(monkeypatch):
    video = film()
    save = StoredFilm.save

    def slowly(self, *args, **kwargs):
        save(self, *args, **kwargs)
        monkeypatch.undo()
        newer = Video.objects.get(pk=video.pk)
        newer.file = ContentFile(with_places(b"camm", b"camm"), "newer.mp4")
        newer.save()

    monkeypatch.setattr(StoredFilm, "save", slowly)
    run()

    assert "newer" in Video.objects.get(pk=video.pk).file.name
    assert len(either_store.listdir("videos/")[1]) == 1


def test_a_file_that_cannot_be_deleted_is_forgotten_by_caches_all_the_same(
    monkeypatch,
):
    video, purged = film(), []
    monkeypatch.setattr(stored, "queue_purge", lambda: purged.append(1))

    def fail(name):
        raise PermissionError(name)

    monkeypatch.setattr(either_store, "delete", fail)
    with pytest.raises(CommandError):
        run()

    assert purged
    assert PLACE not in content(video)
