"""Films lose the tracks in which cameras note where they are, and still play."""

import io
import time
import tracemalloc
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.media.film_check import validate_video
from core.media.films import mp4, webm
from core.media.films.cleaning import to_blank, without_metadata
from core.models.videos import Video
from tests.core.media.test_film_check import said
from tests.helpers.films import (
    PLACE,
    SOUND,
    box,
    film,
    fragmented,
    tables,
    webm_with_subtitles,
    webm_with_tracks,
    with_places,
)
from tests.helpers.films import webm as a_webm

DEMONSTRATION = Path(__file__).parents[3] / "demonstration" / "media"
WALKING = (DEMONSTRATION / "walking-practice.mp4").read_bytes()

TELEPHONES_AND_CAMERAS = [
    with_places(),
    with_places(b"gpmd", long=True),
    with_places(b"camm", b"camm"),
    with_places(b"rtmd", same=True),
    with_places(b"tx3g", b"sbtl"),  # a drone's subtitles
    with_places(b"text", b"text"),
    with_places(b"what", b"what"),
    webm_with_subtitles(),
    webm_with_subtitles(live=True),
]


def cleaned(content):
    with without_metadata(ContentFile(content)) as clean:
        return clean.read()


@pytest.mark.parametrize("before", TELEPHONES_AND_CAMERAS, ids=range(9))
def test_a_film_is_taken_and_loses_where_it_was_made_each_second(before):
    assert before.count(PLACE) >= 5
    validate_video(ContentFile(before))

    after = cleaned(before)

    assert PLACE not in after
    assert len(after) == len(before)
    place = -1
    for _ in range(before.count(SOUND)):
        place = before.index(SOUND, place + 1)
        assert after[place : place + len(SOUND)] == SOUND
    assert to_blank(ContentFile(after)) == [], "cleaning it again changes nothing"
    validate_video(ContentFile(after))


def test_the_track_of_pictures_is_as_it_was_and_the_other_is_gone():
    before, after = with_places(), cleaned(with_places())
    tracks = [each for each in mp4.boxes(ContentFile(before)) if each.kind == b"trak"]
    [kept] = [each for each in mp4.boxes(ContentFile(after)) if each.kind == b"trak"]

    assert kept == tracks[0]
    assert after[kept.start : kept.end] == before[kept.start : kept.end]
    assert after[tracks[1].start + 4 :][:4] == b"free"


def test_a_film_without_places_keeps_each_byte_that_players_read():
    after = cleaned(WALKING)

    kept = {b"ftyp", b"moov", b"mdat", b"trak", b"mdia", b"stbl", b"stsd", b"hdlr"}
    for each in mp4.boxes(ContentFile(WALKING)):
        assert each.kind not in kept or each in mp4.boxes(ContentFile(after))
    media = [each for each in mp4.boxes(ContentFile(WALKING)) if each.kind == b"mdat"]
    for each in media:
        assert after[each.start : each.end] == WALKING[each.start : each.end]


def test_what_makers_add_beside_what_players_read_goes_too():
    parts = box(b"Sefd", PLACE), box(b"GPMF", PLACE), box(b"maKe", PLACE)
    track = box(b"trak", parts[2])
    before = box(b"ftyp", b"isom") + box(b"moov", parts[1] + track) + parts[0]

    assert PLACE not in cleaned(before + box(b"mdat", SOUND))


def test_a_webm_keeps_its_other_track_and_loses_the_groups_of_that_one():
    before = list(webm.elements(ContentFile(webm_with_subtitles())))
    after = list(webm.elements(ContentFile(cleaned(webm_with_subtitles()))))

    assert [each.kind for each in before].count(0xA0) == 4
    assert [each.kind for each in after].count(0xA0) == 2
    assert [each.kind for each in after].count(0xA3) == 2
    assert [each.kind for each in after].count(0xAE) == 1


def test_a_telephones_film_is_stored_by_the_form_without_a_place(log_in, root):
    log_in("Editors").post(
        reverse(Video.snippet_viewset.get_url_name("add")),
        {
            "title": "Walking",
            "transcript": "null",
            "file": SimpleUploadedFile("a.mov.mp4", with_places()),
        },
    )

    with Video.objects.get().file.open() as stored:
        content = stored.read()
    assert PLACE not in content
    assert content.count(SOUND) == 3


FILMS = [*TELEPHONES_AND_CAMERAS, film(), fragmented(), a_webm(), a_webm(live=True)]
CHANGES = st.lists(
    st.tuples(st.integers(0, 2_000), st.binary(min_size=1, max_size=12)), max_size=6
)


def wild(content, changes, cut):
    for place, other in changes:
        start = place % len(content)
        content = content[:start] + other + content[start + len(other) :]
    return content[: len(content) - cut % 40]


@settings(
    max_examples=300,
    deadline=20_000,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.sampled_from(FILMS), CHANGES, st.integers(0, 39))
def test_whatever_bytes_a_film_has_it_is_refused_with_a_sentence_or_cleaned(
    content, changes, cut
):
    content = wild(content, changes, cut)
    is_taken = said(validate_video, content) == ""

    after = cleaned(content)

    assert len(after) == len(content)
    if is_taken:
        assert to_blank(ContentFile(after)) == []


@pytest.mark.parametrize(
    "content",
    [
        # Tables that claim more than there is, and chunks that overlap without end.
        with_places(track=lambda a, b, c, **_: tables(a * 60_000, b, c * 60_000)),
        with_places(track=lambda a, b, c, **_: tables([0] * 600_000, b, c)),
        with_places(
            track=lambda a, b, c, **_: [
                box(b"stsz", b"\0" * 4 + b"\0\0\0\1" + b"\xff" * 4),
                *tables(a, [(1, 2**32 - 1, 1)], [])[1:],
            ]
        ),
        box(b"ftyp", b"isom")
        + box(b"moov", box(b"trak", b"") * 60_000)
        + box(b"mdat", b""),
        webm_with_tracks(30_000),
    ],
    ids=range(5),
)
def test_films_made_to_do_harm_cost_no_more_than_a_moment(content):
    begun = time.process_time()

    said(validate_video, content)
    cleaned(content)

    assert time.process_time() - begun < 10


class Sparse(io.RawIOBase):
    """A film of a gigabyte, of which only what is not zero takes memory."""

    size = 1_000_000_000

    def __init__(self):
        head = with_places()
        free = self.size - len(head) - 16
        self.parts = {0: head}
        name = (1).to_bytes(4) + b"free" + (free + 16).to_bytes(8)
        self.parts[len(head)] = name
        self.place = 0

    def seekable(self):
        return True

    def readable(self):
        return True

    def seek(self, offset, whence=0):
        self.place = offset if whence == 0 else self.size
        return self.place

    def read(self, size=-1):
        size = self.size - self.place if size < 0 else size
        assert size <= 1024 * 1024, "read piece by piece"
        found = bytearray(max(0, min(size, self.size - self.place)))
        for start, content in self.parts.items():
            for number in (
                range(len(found)) if self.place < start + len(content) else ()
            ):
                inside = self.place + number - start
                if 0 <= inside < len(content):
                    found[number] = content[inside]
        self.place += len(found)
        return bytes(found)


def test_a_film_of_a_gigabyte_is_read_piece_by_piece():
    stored = File(Sparse(), "a.mp4")
    tracemalloc.start()
    try:
        assert to_blank(stored)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 20_000_000
