"""What nginx refuses by itself, it refuses in words."""

import socket

import pytest

from tests.helpers.behind_nginx import PATIENCE

TOO_LARGE = 53 * 1024 * 1024


@pytest.mark.parametrize(
    ("path", "length", "limit"),
    [
        ("/about/", TOO_LARGE, "52 MB"),
        ("/admin/images/add/", 10**8, "80 MB"),
        ("/admin/snippets/core/video/add/", 10**10, "212 MB"),
    ],
)
def test_what_is_too_large_is_told_with_the_limit(served, path, length, limit):
    status, headers, content = served.get(path, "POST", Content_Length=str(length))

    page = content.decode()
    assert status == 413
    assert "What you sent is too large" in page
    assert limit in page
    assert "what you typed is still there" in page
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_too_many_cookies_are_told(served):
    status, _headers, content = served.get("/about/", Cookie="a=" + "b" * 20_000)

    assert status == 431
    assert "Delete the cookies" in content.decode()


def test_a_long_address_is_the_sites_to_answer(served):
    status, _headers, content = served.get("/" + "a" * 8_000 + "/")

    assert status == 404
    assert "We cannot find this page" in content.decode()


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/search?query=" + "a" * 8_000, "/search/?query=" + "a" * 8_000),
        ("/admin/?" + "=" * 5_000, "/admin/login/?next=/admin/%3F" + "%3D" * 5_000),
    ],
)
def test_a_long_address_may_lead_to_a_longer_one(served, path, leads_to):
    status, headers, _content = served.get(path)

    assert status in (301, 302)
    assert headers["Location"] == leads_to


def test_a_body_that_is_too_large_is_told_while_it_still_comes(served):
    """As browsers send it: they read the answer when all of it has gone out."""
    head = (
        f"POST /about/ HTTP/1.1\r\nHost: {served.host}\r\n"
        f"Connection: close\r\nContent-Length: {TOO_LARGE}\r\n\r\n"
    )
    with socket.create_connection(("localhost", served.port), PATIENCE) as sender:
        sender.sendall(head.encode())
        for _piece in range(TOO_LARGE // 1024**2):
            sender.sendall(b"x" * 1024**2)
        answer = b""
        while piece := sender.recv(65536):
            answer += piece

    assert b" 413 " in answer[:100]
    assert b"52 MB" in answer
