"""Which answers are compressed on the way, and which never."""

import gzip
import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.middleware import PublicGZipMiddleware
from home.roles import EDITORS
from tests.helpers.factories import ContentPageFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory

GZIP = {"headers": {"accept-encoding": "gzip"}}


@pytest.fixture
def page(home):
    words = "<p>" + "Nobody knows yet. " * 40 + "</p>"
    return ContentPageFactory(parent=home, body=[{"type": "paragraph", "value": words}])


def test_a_page_is_compressed_for_browsers_that_ask(client, page):
    response = client.get(page.url, **GZIP)

    assert response["Content-Encoding"] == "gzip"
    assert b"Nobody knows yet." in gzip.decompress(response.content)
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("asked", [{}, GZIP], ids=["plain", "compressed"])
def test_a_page_has_neither_indentation_nor_blank_lines(client, page, asked):
    response = client.get(page.url, **asked)

    assert int(response["Content-Length"]) == len(response.content)
    html = gzip.decompress(response.content) if asked else response.content
    assert html.startswith(b"<!doctype html>")
    assert html.count(b"\n") > 30
    assert not re.search(rb"\n\s", html)


def test_what_is_typed_over_several_lines_keeps_its_indentation(client, home):
    form = ApplicationFormPageFactory(parent=home)

    html = gzip.decompress(client.get(form.url, **GZIP).content)

    assert b"<textarea" in html
    assert b"\n  " in html


def test_the_length_is_right_of_a_page_too_short_to_compress():
    short = HttpResponse("<p>\n    Short.\n</p>")

    response = PublicGZipMiddleware(lambda request: short)(
        RequestFactory().get("/", **GZIP)
    )

    assert response.content == b"<p>\nShort.\n</p>"
    assert int(response["Content-Length"]) == len(response.content)


def test_nobody_gets_what_they_did_not_ask_for(client, page):
    response = client.get(page.url)

    assert "Content-Encoding" not in response
    assert b"Nobody knows yet." in response.content


def test_the_admin_is_never_compressed(log_in):
    response = log_in(EDITORS).get("/admin/", **GZIP)

    assert response.status_code == 200
    assert "Content-Encoding" not in response


def test_an_answer_to_a_post_is_never_compressed(client, page):
    response = client.post("/newsletter/sign-up/", {"email": "no address"}, **GZIP)

    assert response.status_code == 422
    assert b"no address" in response.content
    assert "Content-Encoding" not in response


def test_a_picture_is_sent_as_it_is_stored(client, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "drawing.png").write_bytes(b"x" * 1000)

    response = client.get("/media/images/drawing.png", **GZIP)

    assert response.status_code == 200
    assert "Content-Encoding" not in response
    assert b"".join(response) == b"x" * 1000
    response.close()
