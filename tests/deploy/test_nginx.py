"""nginx gives what the store holds, in the same words as the store itself."""

import gzip
import re
import shutil
import socket
import subprocess
import time
from contextlib import ExitStack
from http.client import HTTPResponse
from pathlib import Path

import brotli
import pytest

from delivery.pages import buckets
from tests.helpers.behind_nginx import NGINX, PATIENCE
from tests.helpers.certificates import certificate_for

RENAME = """
from wagtail.models import Page
Page.objects.filter(slug="about").update(title="{}")
"""


def test_the_configuration_is_valid(served):
    done = subprocess.run(  # noqa: S603
        [NGINX, "-t", "-c", f"{served.folder}/nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "test is successful" in done.stderr
    assert "[warn]" not in done.stderr


def test_with_a_certificate_it_is_valid_too(served, tmp_path):
    pem = certificate_for("localhost", tmp_path)
    written = served.manage("nginx", f"--certificate={pem}", f"--certificate-key={pem}")
    # Ports that everybody may listen to.
    text = re.sub(r"listen (\[::\]:)?(80|443)", r"listen \g<1>50\2", written)
    (tmp_path / "site.conf").write_text(text)
    whole = (served.folder / "nginx.conf").read_text()
    path = tmp_path / "nginx.conf"
    path.write_text(
        whole.replace(f"{served.folder}/site.conf", f"{tmp_path}/site.conf")
    )

    done = subprocess.run(  # noqa: S603
        [NGINX, "-t", "-c", path], capture_output=True, text=True, check=False
    )

    assert "test is successful" in done.stderr, done.stderr
    assert "[warn]" not in done.stderr
    # Who renews the certificate is answered without one.
    assert "/.well-known/acme-challenge/" in text.partition("return 301")[0]


def test_stored_pages_need_no_site(alone):
    status, headers, content = alone.get("/about/")

    assert status == 200
    assert b"About us" in content
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    for cookie in ("csrftoken=a", "a=b"):
        assert alone.get("/about/", Cookie=cookie)[0] == 200
    assert alone.get("/about/?utm_source=a&gclid=b")[0] == 200
    assert alone.get("/about/", method="HEAD")[2] == b""


@pytest.mark.parametrize("bucket", [0, 1, 2, 3])
def test_pages_of_a_period_need_no_site(alone, bucket):
    generation = alone.generations.folder / "current"
    host = alone.host.replace(":", "_")
    longest, *periods = buckets(time.time())
    period = periods[bucket]
    kept = generation / period / host / "of-a-period"
    shutil.copytree(generation / longest / host / "about", kept)

    status, headers, content = alone.get("/of-a-period/", Accept_Encoding="gzip")

    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert b"About us" in gzip.decompress(content)
    assert headers["Cache-Control"] == "no-cache"
    assert "Last-Modified" not in headers
    assert alone.get("/of-a-period/", If_None_Match=headers["ETag"])[0] == 200


def test_an_address_in_another_alphabet_needs_no_site(alone):
    longest = alone.generations.folder / "current" / next(buckets(time.time()))
    host = longest / alone.host.replace(":", "_")
    shutil.copytree(host / "about", host / "%D0%BE-%D0%BD%D0%B0%D1%81")

    assert alone.get("/%D0%BE-%D0%BD%D0%B0%D1%81/")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_what_is_not_reading_reaches_the_site_at_its_own_address(fresh, method):
    status, headers, _content = fresh.get("/about/?utm_source=a", method)

    # Wagtail and Django answer, each method in its way; nginx would know no policy.
    assert status in (200, 403, 405)
    assert "Content-Security-Policy" in headers
    assert "ETag" not in headers


def test_each_encoding_says_the_same(alone):
    plain = alone.get("/about/")[2]
    zipped = alone.get("/about/", Accept_Encoding="gzip")
    small = alone.get("/about/", Accept_Encoding="gzip, br")

    assert gzip.decompress(zipped[2]) == plain
    assert brotli.decompress(small[2]) == plain
    assert small[1]["Content-Encoding"] == "br"


def test_nginx_and_the_site_send_the_same_headers(fresh):
    from_nginx = fresh.get("/about/", Accept_Encoding="br")
    # A query that both let through reaches the site by another way.
    from_site = fresh.get("/about/?", Accept_Encoding="br", X_Original_URL="/")

    own = {"Server", "Date", "Connection"}
    assert {n: v for n, v in from_nginx[1].items() if n not in own} == {
        n: v for n, v in from_site[1].items() if n not in own
    }
    assert from_nginx[2] == from_site[2]


def test_a_page_that_the_browser_has_is_not_sent_again(alone):
    kept = alone.get("/about/", Accept_Encoding="br")[1]
    etag = kept["ETag"]
    # With a date, too, browsers would ask by both, and nginx send the page again.
    assert "Last-Modified" not in kept

    status, headers, content = alone.get(
        "/about/", Accept_Encoding="br", If_None_Match=etag
    )

    assert (status, content) == (304, b"")
    assert headers["ETag"] == etag
    assert headers["Cache-Control"] == "no-cache"
    assert alone.get("/about/", If_None_Match=etag)[0] == 200


def test_a_change_shows_with_the_next_request(fresh):
    assert b"Newer words" not in fresh.get("/about/")[2]

    fresh.run(RENAME.format("Newer words"))

    assert b"Newer words" in fresh.get("/about/")[2]
    fresh.run(RENAME.format("About us"))
    assert b"Newer words" not in fresh.get("/about/")[2]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/about/?page=2", {}),
        ("/about/", {"Cookie": "sessionid=abc"}),
        ("/about/", {"Cookie": "a=b; sessionid=abc"}),
        ("/about/", {"Authorization": "Basic YTpi"}),
    ],
)
def test_what_is_for_one_visitor_comes_from_the_site(fresh, path, headers):
    assert "ETag" not in fresh.get(path, **headers)[1]


@pytest.mark.parametrize(
    "path",
    [
        "/about/x.css",
        "/about/%2e%2e/",
        "/about/../about/.p/i.html",
        "/about/.p/i.html",
        "/t1795/localhost/about/.p/i.html",
        "/about/;a.css",
        "/about/%2f",
        "/About/",
        "//about/",
        "/about/%0d%0aX:y/",
        f"/about/{'a' * 600}/",
        "/search/",
        "/admin/login/",
        "/nothing/",
        "/sitemap.xml",
    ],
)
def test_what_is_no_page_stores_nothing(fresh, path):
    before = fresh.stored

    fresh.get(path)

    assert fresh.stored == before


def test_a_third_body_that_trickles_in_from_one_address_is_refused(alone):
    """Each waits in memory, of which others need some."""
    began = (
        f"POST /about/ HTTP/1.1\r\nHost: {alone.host}\r\n"
        "Connection: close\r\nContent-Length: 1000\r\n\r\nx"
    )
    with ExitStack() as stack:
        for _ in range(2):
            slow = stack.enter_context(
                socket.create_connection(("localhost", alone.port), PATIENCE)
            )
            slow.sendall(began.encode())
        # In the order of their coming; nginx reads both before this.
        third = stack.enter_context(
            socket.create_connection(("localhost", alone.port), PATIENCE)
        )
        third.sendall(began.encode())
        answer = HTTPResponse(third)
        answer.begin()
        assert answer.status == 429
        assert answer.headers["Retry-After"] == "60"
        assert b"Go back" in answer.read()
        assert alone.get("/about/")[0] == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_while_the_site_is_gone_that_is_said_in_words(fresh, method):
    """Where pages are stored, the site is asked after a file was not found."""
    place = Path(fresh.socket)
    place.rename(place.with_suffix(".gone"))
    try:
        status, headers, content = fresh.get("/about/?page=2", method)
        assert fresh.get("/about/")[0] == 200
    finally:
        place.with_suffix(".gone").rename(place)

    assert status == 503
    assert b"Go back" in content
    assert headers["Retry-After"] == "60"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "no-store" in headers["Cache-Control"]


def test_another_host_is_refused(fresh):
    before = fresh.stored

    assert fresh.get("/about/", Host="evil.example")[0] in (400, 421)
    assert fresh.stored == before


def test_uploads_and_static_files_come_with_safe_headers(alone):
    media = alone.folder / "var" / "media"
    (media / "documents").mkdir(exist_ok=True)
    (media / "documents" / "secret.pdf").write_text("x")
    (media / "page.html").write_text("<script>")
    (media / "film.webm").write_text("x")
    static = alone.folder / "var" / "static"
    (static / "site.css").write_text("a{}")

    assert alone.get("/media/documents/secret.pdf")[0] == 404
    page = alone.get("/media/page.html")[1]
    assert page["Content-Disposition"] == "attachment"
    assert page["Content-Type"] == "application/octet-stream"
    assert "sandbox" in page["Content-Security-Policy"]
    film = alone.get("/media/film.webm")[1]
    assert film["Content-Type"] == "video/webm"
    assert film["Cache-Control"] == "public, max-age=31536000, s-maxage=60"
    css = alone.get("/static/site.css")[1]
    assert "immutable" in css["Cache-Control"]
    assert css["Content-Type"] == "text/css"


def test_what_lies_beside_static_files_is_not_served(served):
    assert served.get("/static/../db.sqlite3")[0] in (400, 404)
    assert served.get("/static/..%2fdb.sqlite3")[0] in (400, 404)
