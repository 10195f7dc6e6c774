"""WebM films lose what is told of them, and keep pictures and sound in their place."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from core.media.film_check import validate_video
from core.media.films import webm as webm_parts
from core.models.videos import Video
from tests.helpers.films import PLACE, SOUND, element, webm

pytestmark = pytest.mark.django_db


def stored(content):
    file = ContentFile(content, "walk.webm")
    video = Video.objects.create(title="Walking", file=file)
    with video.file.open() as opened:
        return opened.read()


def parts(content):
    return list(webm_parts.elements(ContentFile(content)))


@pytest.mark.parametrize("live", [False, True])
def test_a_film_is_stored_without_what_is_told_of_it(live):
    before = webm(live)
    assert before.count(PLACE) > 8
    validate_video(ContentFile(before, "walk.webm"))

    content = stored(before)

    assert PLACE not in content
    assert b"sum1" not in content
    assert len(content) == len(before)
    place = before.index(SOUND)
    assert content[place : place + len(SOUND)] == SOUND
    assert content.count(SOUND) == before.count(SOUND) == 2


def test_what_players_need_stays_and_the_rest_is_empty():
    before, after = parts(webm()), parts(stored(webm()))
    dropped = {0x1254C367, 0x1941A469, 0x536E, 0xBF, 0xEC, 0x7BA9, 0x4461}

    assert [part[1:] for part in after if part.kind != 0xEC] == [
        part[1:] for part in before if part.kind not in dropped
    ]
    assert {0x2AD7B1, 0x4489, 0x4D80, 0x5741, 0xD7} <= {part.kind for part in after}


@pytest.mark.parametrize("size", [2, 9, 127, 128, 129, 137, 138, 70_000])
def test_an_empty_part_takes_as_many_bytes_as_what_it_replaces(size):
    head = webm_parts.void(size)

    [void] = parts(head + bytes(size - len(head)))

    assert (void.kind, void.end) == (0xEC, size)


@pytest.mark.parametrize(
    "content",
    [
        webm()[:-1],
        webm() + b"\0" * 9,
        webm() + element("1254c367", PLACE)[:-1],
        webm(live=True)[:-3],
        webm() + b"\x12\x54\xc3\x67\xff" + PLACE,  # tags of open length
        webm() + b"\x09" * 20,
    ],
    ids=range(6),
)
def test_a_film_whose_parts_do_not_fit_is_refused(content):
    with pytest.raises(ValidationError, match="This video is damaged"):
        validate_video(ContentFile(content, "walk.webm"))


def test_a_film_of_far_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(webm_parts, "MOST_ELEMENTS", 5)

    with pytest.raises(ValidationError, match="This video is damaged"):
        validate_video(ContentFile(webm(), "walk.webm"))
