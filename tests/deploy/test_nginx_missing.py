"""What nginx does not find, the site is asked for, or is asked for again soon."""

import gzip
import os
import socket
import time
from http.client import HTTPResponse

import pytest

from delivery.pages import buckets
from tests.helpers.behind_nginx import PATIENCE


def test_a_page_that_goes_while_nginx_looks_for_it_is_the_sites_to_answer(served):
    # Nothing can be read of a pipe: it is found, and then it is not there. The site
    # looks for no page at an address as long as this.
    path = "/" + "going/" * 90
    _longest, period, *_shorter = buckets(time.time())
    host = served.host.replace(":", "_")
    place = served.generations.folder / "current" / period / f"{host}{path}.p"
    place.mkdir(parents=True)
    os.mkfifo(place / "i.html")

    status, headers, content = served.get(path)

    assert status == 404
    assert b"We cannot find this page" in content
    assert headers["Cache-Control"] == "max-age=0, s-maxage=60"


@pytest.mark.parametrize(
    "path",
    ["/media/none.png", "/media/documents/none.pdf", "/media/", "/static/none.css"],
)
def test_a_file_that_is_not_there_is_asked_for_again_soon(served, path):
    status, headers, _content = served.get(path)

    assert status == 404
    page = served.get("/nothing/")[1]
    assert headers["Cache-Control"] == page["Cache-Control"]


@pytest.mark.parametrize("path", ["/about/", "/static/small.css"])
def test_a_cdn_gets_small_bytes_too(alone, path):
    style = alone.folder / "var" / "static" / "small.css"
    style.write_text("a{}")
    style.with_suffix(".css.gz").write_bytes(gzip.compress(b"a{}"))

    for version in ("1.0", "1.1"):
        asked = f"GET {path} HTTP/{version}\r\nHost: {alone.host}\r\nVia: 1.1 cdn\r\n"
        with socket.create_connection(("localhost", alone.port), PATIENCE) as cdn:
            cdn.sendall(f"{asked}Accept-Encoding: gzip\r\n\r\n".encode())
            answer = HTTPResponse(cdn)
            answer.begin()
            assert answer.headers["Content-Encoding"] == "gzip"
