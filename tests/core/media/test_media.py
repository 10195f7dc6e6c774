"""Uploaded files as this process serves them."""

import gzip
import os
from email.utils import formatdate

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.http import http_date

FILM = bytes(range(256)) * 10
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": 'inline; filename="walk.mp4"',
    "Cache-Control": "public, max-age=31536000, s-maxage=60",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; "
    "media-src 'self'; sandbox allow-same-origin",
    "Accept-Ranges": "bytes",
}
MODIFIED = 1_700_000_000


def stored(name, content=FILM):
    """Store a file, and return its address."""
    default_storage.save(name, ContentFile(content))
    os.utime(default_storage.path(name), (MODIFIED, MODIFIED))
    return f"/media/{name}"


@pytest.fixture
def film(home):
    return stored("videos/walk.mp4")


def etag(response):
    response.close()
    return response.headers["ETag"]


def body(response):
    try:
        return b"".join(response) if response.streaming else response.content
    finally:
        response.close()


def test_a_whole_file(client, film):
    response = client.get(film)

    assert body(response) == FILM
    assert response.status_code == 200
    assert response.headers["Content-Length"] == "2560"
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Last-Modified"] == formatdate(MODIFIED, usegmt=True)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=0-0", 0, 0),
        ("bytes=2559-2559", 2559, 2559),
        ("bytes=2500-", 2500, 2559),
        ("bytes=-10", 2550, 2559),
        ("bytes=-99999", 0, 2559),
        ("bytes=0-99999", 0, 2559),
        ("BYTES=7-8", 7, 8),
    ],
)
def test_a_part_of_it(client, film, asked, first, last):
    response = client.get(film, headers={"range": asked})

    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/2560"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert response.headers["Content-Type"] == "video/mp4"
    assert body(response) == FILM[first : last + 1]


def test_a_large_part_is_sent_whole(client, home):
    film = stored("videos/long.mp4", bytes(9_000_000))

    response = client.get(film, headers={"range": "bytes=1-"})

    assert len(body(response)) == 8_999_999


@pytest.mark.parametrize(
    "asked", ["bytes=9999-", "bytes=2560-", "bytes=-0", "bytes=20-10"]
)
def test_a_part_that_is_not_there(client, film, asked):
    response = client.get(film, headers={"range": asked})

    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */2560"
    assert body(response) == b""


def test_no_part_of_an_empty_file_is_there(client, home):
    empty = stored("videos/empty.mp4", b"")

    assert client.get(empty, headers={"range": "bytes=0-"}).status_code == 416
    assert client.get(empty, headers={"range": "bytes=-5"}).status_code == 416
    assert body(client.get(empty)) == b""


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=-",
        "lines=1-2",
        "bytes=a-b",
        "bytes=\u0661-\u0662",
        "bytes=--5",
        "bytes=0-1,5-6",  # of several parts, too, the whole may be sent (RFC 9110)
        f"bytes=0-{'9' * 5000}",  # more digits than Python makes a number of
    ],
)
def test_an_unreadable_range_gets_the_whole_file(client, film, asked):
    response = client.get(film, headers={"range": asked.encode().decode("latin-1")})

    assert response.status_code == 200
    assert body(response) == FILM


def test_head_tells_of_the_whole_file_and_sends_nothing(client, film):
    response = client.head(film, headers={"range": "bytes=0-9"})

    assert response.status_code == 200
    assert response.headers["Content-Length"] == "2560"
    assert body(response) == b""


class TestValidators:
    def test_what_a_browser_has_already_is_not_sent_again(self, client, film):
        first = client.get(film)
        first.close()

        for headers in (
            {"if-none-match": first.headers["ETag"]},
            {"if-none-match": f'"other", W/{first.headers["ETag"]}'},
            {"if-modified-since": first.headers["Last-Modified"]},
            # A condition on the whole goes before the wish for a part.
            {"if-none-match": first.headers["ETag"], "range": "bytes=0-9"},
        ):
            for ask in (client.get, client.head):
                response = ask(film, headers=headers)
                assert response.status_code == 304, headers
                assert response.headers["ETag"] == first.headers["ETag"]
                assert body(response) == b""

    def test_what_has_changed_is_sent(self, client, film):
        response = client.get(film, headers={"if-none-match": '"other"'})

        assert body(response) == FILM

    def test_a_part_belongs_to_the_file_that_the_browser_has(self, client, film):
        first = client.get(film)
        first.close()

        for known in (first.headers["ETag"], first.headers["Last-Modified"]):
            response = client.get(
                film, headers={"range": "bytes=5-9", "if-range": known}
            )
            assert body(response) == FILM[5:10]
            assert response.status_code == 206

    @pytest.mark.parametrize("known", ["other", "weak", "later", "nonsense"])
    def test_of_another_file_no_part_is_sent(self, client, film, known):
        tag = etag(client.head(film))
        known = {
            "other": '"other"',
            "weak": f"W/{tag}",
            "later": formatdate(MODIFIED + 60, usegmt=True),
            "nonsense": "yesterday",
        }[known]

        response = client.get(film, headers={"range": "bytes=5-9", "if-range": known})

        assert response.status_code == 200
        assert body(response) == FILM

    def test_a_file_that_another_replaces_has_another_tag(self, client, film):
        before = etag(client.head(film))
        default_storage.delete("videos/walk.mp4")
        stored("videos/walk.mp4", FILM + b"more")

        assert etag(client.head(film)) != before

    def test_a_precondition_that_fails_is_said(self, client, film):
        response = client.get(film, headers={"if-match": '"other"'})

        assert response.status_code == 412


@pytest.mark.parametrize(
    ("status", "method", "headers"),
    [
        (200, "get", {}),
        (200, "head", {}),
        (206, "get", {"range": "bytes=0-9"}),
        (304, "get", {"if-modified-since": formatdate(MODIFIED, usegmt=True)}),
        (412, "get", {"if-match": '"other"'}),
        (416, "get", {"range": "bytes=9999-"}),
    ],
)
def test_every_answer_is_as_safe_and_as_briefly_kept(
    client, film, status, method, headers
):
    response = getattr(client, method)(film, headers=headers)
    response.close()

    assert response.status_code == status
    assert {name: response.headers[name] for name in SAFE} == SAFE
    assert "ETag" in response.headers
    assert "Last-Modified" in response.headers
    assert not response.cookies


def test_parts_of_text_are_never_compressed(client, home):
    captions = stored("videos/walk.vtt", b"WEBVTT\n\n" * 100)

    whole = client.get(captions, headers={"accept-encoding": "gzip"})
    part = client.get(
        captions, headers={"accept-encoding": "gzip", "range": "bytes=0-399"}
    )

    assert gzip.decompress(body(whole)) == b"WEBVTT\n\n" * 100
    assert part.status_code == 206
    assert "Content-Encoding" not in part.headers
    assert body(part) == b"WEBVTT\n\n" * 50


@pytest.mark.parametrize(
    "path",
    [
        "../config/settings/base.py",
        "videos/../../../etc/passwd",
        "videos",
        "no.jpg",
        "%2e%2e/%2e%2e/etc/passwd",
        "walk.mp4/more",
        "a" * 300,
        "%ff.jpg",
    ],
)
def test_nothing_beside_the_media(client, home, path):
    stored("walk.mp4")

    assert client.get(f"/media/{path}").status_code in {400, 404}


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "x.js", "x.pdf", "x"])
def test_what_a_browser_might_run_is_offered_for_download(client, home, name):
    response = client.get(stored(name, b"<script>alert(1)</script>"))
    response.close()

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.avif", "image/avif"),
        ("a.webp", "image/webp"),
        ("a.JPG", "image/jpeg"),
        ("a.vtt", "text/vtt"),
        ("a.webm", "video/webm"),
    ],
)
def test_types_do_not_depend_on_the_machine(
    client, home, monkeypatch, name, media_type
):
    monkeypatch.setattr("mimetypes.guess_type", lambda *args, **kwargs: (None, None))
    response = client.get(stored(name))
    response.close()

    assert response.headers["Content-Type"].partition(";")[0] == media_type
    assert response.headers["Content-Disposition"].startswith("inline")


def test_a_file_that_is_withheld_at_this_moment_is_not_there(client, film, monkeypatch):
    def date_of_a_file_that_goes(modified):
        default_storage.delete("videos/walk.mp4")
        return http_date(modified)

    monkeypatch.setattr("core.media.serving.http_date", date_of_a_file_that_goes)

    assert client.get(film).status_code == 404
