"""Videos: without what a telephone adds, and gone when they are deleted."""

import contextlib

import pytest
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from core.models.videos import Video
from tests.helpers.films import PLACE, SOUND, box, film, fragmented


def stored(video):
    with video.file.open() as file:
        return file.read()


@pytest.mark.parametrize("long", [False, True])
def test_the_place_where_a_film_was_made_is_not_stored(db, long):
    file = ContentFile(film(long), "walk.mp4")
    video = Video.objects.create(title="Walking", file=file)

    content = stored(video)

    assert PLACE not in content
    assert len(content) == len(film(long))
    assert content.endswith(box(b"mdat", b"picture and sound" * 10))
    assert box(b"tkhd", b"t" * 4 + bytes(8) + b"t" * 8) in content


def test_nor_is_it_in_fragments_or_in_what_is_said_to_be_free(db):
    before = fragmented()
    video = Video.objects.create(title="A", file=ContentFile(before, "walk.mp4"))

    content = stored(video)

    assert before.count(PLACE) > 16
    assert PLACE not in content
    assert b"made" not in content
    assert content.count(b"kept") == before.count(b"kept") == 3
    assert len(content) == len(before)
    assert [content.index(box(b"mdat", SOUND)), content.rindex(SOUND)] == [
        before.index(box(b"mdat", SOUND)),
        before.rindex(SOUND),
    ]


@pytest.mark.parametrize("damage", [b"\0\0\0\0\0\0\0\x04moov", b"\xff" * 16])
def test_nor_where_a_script_stores_a_damaged_film(db, damage):
    file = ContentFile(film() + damage, "walk.mp4")

    assert PLACE not in stored(Video.objects.create(title="A", file=file))


def test_nor_where_it_comes_from_a_file_that_is_only_read(db, tmp_path):
    (tmp_path / "walk.mp4").write_bytes(film())
    with (tmp_path / "walk.mp4").open("rb") as file:
        video = Video.objects.create(title="Walking", file=File(file, "walk.mp4"))

    assert PLACE not in stored(video)
    assert (tmp_path / "walk.mp4").read_bytes() == film()


@pytest.mark.parametrize(
    "content", [b"0000ftyp", b"\x1a\x45\xdf\xa3 webm", film()[:50], b"\0\0\0\0moov"]
)
def test_what_makes_no_sense_is_stored_as_it_is(db, content):
    file = ContentFile(content, "walk.mp4")
    video = Video.objects.create(title="Walking", file=file)

    assert stored(video) == content


class TestFiles:
    @pytest.fixture
    def video(self, db):
        return Video.objects.create(
            title="Walking",
            file=ContentFile(film(), "walk.mp4"),
            captions=ContentFile(b"WEBVTT", "walk.vtt"),
        )

    def test_are_gone_with_the_record(self, video, commits):
        names = [video.file.name, video.captions.name]
        assert all(map(default_storage.exists, names))

        with commits():
            Video.objects.all().delete()
            assert all(map(default_storage.exists, names))

        assert not any(map(default_storage.exists, names))

    def test_stay_with_a_record_whose_deletion_is_rolled_back(self, video, commits):
        with commits(), contextlib.suppress(RuntimeError), transaction.atomic():
            video.delete()
            raise RuntimeError

        assert default_storage.exists(Video.objects.get().file.name)

    def test_are_kept_for_a_while_when_others_replace_them(self, video, commits):
        old = video.file.name
        video = Video.objects.get(pk=video.pk)
        video.file = ContentFile(film(long=True), "other.mp4")
        with commits():
            video.save()

        assert [kept.name for kept in video.replaced_files.all()] == [old]
        assert default_storage.exists(old)
        assert default_storage.exists(video.file.name)
        assert default_storage.exists(video.captions.name)
