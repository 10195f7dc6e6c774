"""Films and captions that no browser shows are refused with a sentence."""

import io
import time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.media.film_check import validate_captions, validate_video
from core.media.films import mp4
from core.models.videos import Video
from tests.helpers.films import box, film, fragmented, tables, with_places, with_track

DEMONSTRATION = Path(__file__).parents[3] / "demonstration" / "media"
WALKING = (DEMONSTRATION / "walking-practice.mp4").read_bytes()
CAPTIONS = (DEMONSTRATION / "walking-practice.vtt").read_bytes()
DAMAGED = "This video is damaged"


def said(validate, content):
    """Return the sentence that refuses ``content``; "" when it is taken."""
    try:
        validate(ContentFile(content, "a"))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def nested(kind, depth):
    content = b""
    for _ in range(depth):
        content = box(kind, content)
    return box(b"ftyp", b"isom") + content


def webm(content=b"\xec\xe2" + b"x" * 98, size=None, kind=b"webm"):
    """A WebM; its segment states its length in eight bytes."""
    head = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84" + kind
    stated = len(content) if size is None else size
    segment = b"\x18\x53\x80\x67" + (1 << 56 | stated).to_bytes(8)
    return head + segment + content


class TestFilms:
    @pytest.mark.parametrize(
        "content",
        [
            WALKING,
            film(),
            film(long=True),
            fragmented(),
            with_track(),
            webm(),
            webm(size=(1 << 56) - 1),  # recorded live, of unknown length
            # Cut into fragments, and filled up with zeros.
            box(b"ftyp", b"isom")
            + box(b"moov", box(b"trak", b"") + b"\0\0\0\0")
            + (box(b"moof", box(b"traf", b"")) + box(b"mdat", b"x")) * 18_000
            + b"\0\0\0",
        ],
        ids=range(8),
    )
    def test_that_are_whole_are_taken(self, content):
        assert said(validate_video, content) == ""

    @pytest.mark.parametrize(
        "content",
        [
            WALKING[:-1],
            WALKING[:20_000],
            film()[:-1],
            box(b"ftyp", b"isom"),
            box(b"ftyp", b"isom") + box(b"mdat", b"x" * 100),
            box(b"ftyp", b"isom") + box(b"moov", b"") + box(b"mdat", b"x"),
            box(b"ftyp", b"isom") + box(b"moov", box(b"trak", b"")),
            box(b"ftyp", b"isom") + (1).to_bytes(4) + b"mdat" + b"\xff" * 8,
            box(b"ftyp", b"isom") + (4).to_bytes(4) + b"moov",
            box(b"ftyp", b"isom") + (1).to_bytes(4) + b"mdat" + bytes(8),
            webm()[:-1],
            webm(size=1 << 50),
            webm()[:14],
            webm()[:17],
        ],
        ids=range(14),
    )
    def test_that_end_too_early_or_lack_a_part_are_refused(self, content):
        assert DAMAGED in said(validate_video, content)

    @pytest.mark.parametrize(
        "content", [b"", b"ftyp", b"<html>", b"RIFF0000AVI ", webm(kind=b"mkva")]
    )
    def test_that_are_none_are_refused(self, content):
        assert "not an MP4 or WebM" in said(validate_video, content)

    @pytest.mark.parametrize(
        "content",
        [
            nested(b"moov", 3_000),
            nested(b"trak", 3_000),
            box(b"ftyp", b"isom") + box(b"free", b"") * 400_000,
            box(b"ftyp", b"isom") + box(b"moov", box(b"meta", b"") * 400_000),
            box(b"ftyp", b"isom") + box(b"moov", b"\0\0\0\0moov" * 100_000),
        ],
        ids=range(5),
    )
    def test_that_are_made_to_do_harm_are_refused_at_once(self, content):
        begun = time.process_time()

        assert DAMAGED in said(validate_video, content)
        assert time.process_time() - begun < 5

    @pytest.mark.parametrize(
        "content",
        [
            with_places(track=lambda *args, **kwargs: [box(b"stz2", bytes(20))]),
            with_places(track=lambda places, *rest, **_: tables([1], *rest)),
            with_places(track=lambda places, *rest, **_: tables([1 << 31], *rest)),
            with_places(track=lambda places, runs, sizes, **_: tables([], [], sizes)),
            with_places(track=lambda a, b, c, **_: tables(a, b, [1 << 31] * 5)),
            with_places(track=lambda a, b, c, **_: tables(a * 99, b, c * 99)),
            with_places() + box(b"moof", b""),
        ],
        ids=range(7),
    )
    def test_with_places_that_cannot_be_found_are_refused(self, content):
        assert "Export the film anew without location" in said(validate_video, content)

    def test_of_deep_boxes_a_script_can_store(self, db):
        content = nested(b"moov", 3_000)

        video = Video.objects.create(title="A", file=ContentFile(content, "a.mp4"))

        assert video.file.size == len(content)

    def test_longer_than_two_hundred_megabytes_are_refused(self):
        large = ContentFile(b"", "a.mp4")
        large.size = 200 * 1024 * 1024 + 1

        with pytest.raises(ValidationError, match="at most 200 MB"):
            validate_video(large)

    def test_are_read_from_the_disk_and_not_into_memory(self, tmp_path):
        class Counted(io.FileIO):
            read_bytes = 0

            def read(self, size=-1):
                content = super().read(size)
                self.read_bytes += len(content)
                return content

        (tmp_path / "a.mp4").write_bytes(film() + box(b"free", bytes(9_000_000)))
        with Counted(tmp_path / "a.mp4") as file:
            file.size = (tmp_path / "a.mp4").stat().st_size
            validate_video(file)

            assert file.read_bytes < 10_000


def times(line):
    return f"WEBVTT\n\n{line}\nWords\n".encode()


class TestCaptions:
    @pytest.mark.parametrize(
        "content",
        [
            CAPTIONS,
            b"\xef\xbb\xbf" + CAPTIONS,
            CAPTIONS.replace(b"\n", b"\r\n"),
            CAPTIONS.replace(b"\n", b"\r"),
            times("00:01.000 --> 00:02.000"),
            times("100:00:01.000 --> 100:00:02.000 align:start line:0"),
            times("00:01.000-->00:02.000"),
            b"WEBVTT a film\nKind: captions\n\nNOTE by us\n\n1\n"
            b"00:01.000 --> 00:02.000\nWords",
        ],
        ids=range(8),
    )
    def test_that_browsers_show_are_taken(self, content):
        assert said(validate_captions, content) == ""

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "begins with WEBVTT"),
            (b"1\n00:01.000 --> 00:02.000\nWords", "begins with WEBVTT"),
            (b"WEBVTTs\n\n00:01.000 --> 00:02.000\nWords", "begins with WEBVTT"),
            (b"WEBVTT", "There are no captions"),
            (b"WEBVTT\n\nWords without a time\n", "There are no captions"),
            (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "There are no captions"),
            (times("00:00:00,000 --> 00:00:01,000"), "Line 3: “00:00:00,000"),
            (times("00:01.00 --> 00:02.000"), "is not a time that browsers can read"),
            (times("1.000 --> 2.000"), "is not a time that browsers can read"),
            (times("00:61.000 --> 00:62.000"), "is not a time that browsers can read"),
            (times("-->"), "is not a time that browsers can read"),
            (times("00:02.000 --> 00:01.000"), "Line 3: this caption ends before"),
            (times("00:02.000 --> 00:02.000"), "Line 3: this caption ends before"),
            ("WEBVTT\n\né".encode("latin-1"), "must be in UTF-8"),
            ("WEBVTT\n".encode("utf-16"), "must be in UTF-8"),
            (b"WEBVTT\n" + b"x" * 1024 * 1024, "at most 1 MB"),
        ],
        ids=range(16),
    )
    def test_that_show_nothing_are_refused_with_a_sentence(self, content, sentence):
        assert sentence in said(validate_captions, content)

    def test_of_a_long_line_are_read_at_once(self):
        begun = time.process_time()

        assert said(validate_captions, times("0" * 900_000 + "-->" + " " * 90_000))
        assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"file": ("a.mp4", nested(b"moov", 3_000))}, DAMAGED),
        ({"file": ("a.mp4", WALKING[:20_000])}, DAMAGED),
        (
            {"file": ("a.mp4", film()), "captions": ("a.vtt", b"WEBVTT\n")},
            "There are no captions",
        ),
    ],
)
def test_the_form_says_so_and_keeps_what_was_typed(log_in, root, files, sentence):
    response = log_in("Editors").post(
        reverse(Video.snippet_viewset.get_url_name("add")),
        {
            "title": "Typed with care",
            "transcript": "null",
            **{name: SimpleUploadedFile(*file) for name, file in files.items()},
        },
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert sentence in html
    assert "Typed with care" in html
    assert not Video.objects.exists()


def test_a_film_is_stored_by_the_form_without_its_place(log_in, root):
    log_in("Editors").post(
        reverse(Video.snippet_viewset.get_url_name("add")),
        {
            "title": "Walking",
            "transcript": "null",
            "file": SimpleUploadedFile("a.mp4", film()),
        },
    )

    with Video.objects.get().file.open() as stored:
        assert {box.kind for box in mp4.boxes(stored)}.isdisjoint(
            {b"udta", b"meta", b"uuid"}
        )
