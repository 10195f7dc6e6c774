"""Uploaded files as this process serves them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@pytest.fixture
def film(home):
    default_storage.save("videos/walk.mp4", ContentFile(bytes(range(256)) * 10))
    return "/media/videos/walk.mp4"


def body(response):
    try:
        return b"".join(response) if response.streaming else response.content
    finally:
        response.close()


def test_a_whole_file(client, film):
    response = client.get(film)

    assert len(body(response)) == 2560
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "content_range", "length"),
    [
        ("bytes=0-99", "bytes 0-99/2560", 100),
        ("bytes=2500-", "bytes 2500-2559/2560", 60),
        ("bytes=-10", "bytes 2550-2559/2560", 10),
        ("bytes=0-99999", "bytes 0-2559/2560", 2560),
    ],
)
def test_a_part_of_it(client, film, asked, content_range, length):
    response = client.get(film, headers={"range": asked})

    assert response.status_code == 206
    assert response.headers["Content-Range"] == content_range
    assert len(body(response)) == length


@pytest.mark.parametrize("asked", ["bytes=9999-", "bytes=20-10"])
def test_a_part_that_is_not_there(client, film, asked):
    assert client.get(film, headers={"range": asked}).status_code == 416


@pytest.mark.parametrize(
    "asked", ["bytes=-", "lines=1-2", "bytes=a-b", "bytes=0-1,5-6"]
)
def test_an_unreadable_range_gets_the_whole_file(client, film, asked):
    assert len(body(client.get(film, headers={"range": asked}))) == 2560


@pytest.mark.parametrize(
    "path",
    [
        "../config/settings/base.py",
        "videos/../../../etc/passwd",
        "videos",
        "no.jpg",
        "%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_nothing_beside_the_media(client, home, path):
    assert client.get(f"/media/{path}").status_code in {400, 404}


def test_what_a_browser_might_run_is_offered_for_download(client, home):
    default_storage.save("page.html", ContentFile(b"<script>alert(1)</script>"))

    response = client.get("/media/page.html")
    response.close()

    assert response.headers["Content-Disposition"].startswith("attachment")
