"""How much of what it is sending one address may have waiting, on a disk or not."""

import shutil
import socket
import time
from contextlib import ExitStack, suppress
from http.client import HTTPResponse
from pathlib import Path

import pytest

from tests.helpers.behind_nginx import PATIENCE, ask
from tests.helpers.certificates import certificate_for
from tests.helpers.http2 import Http2
from tests.helpers.nginx_alone import echo, nginx

MB = 1024 * 1024
# More than nginx keeps of a body without a file, and less than it takes unasked.
BEGUN = b"x" * 40_000
FILM = "/admin/snippets/core/video/add/"
FILM_IN_A_DIALOGUE = "/admin/snippets/choose/core/video/create/"


@pytest.fixture
def bodies(tmp_path, settings):
    settings.PAGE_STORE = str(tmp_path / "pages")
    return tmp_path / "bodies"


@pytest.fixture
def server(tmp_path, bodies):
    """Nginx without TLS, in front of an echo."""
    with echo(tmp_path), nginx(tmp_path, "--bodies=") as server:
        yield server


@pytest.fixture(params=["stored pages", "several machines"])
def secure(request, tmp_path, bodies, settings):
    """Nginx with TLS, in front of an echo."""
    if request.param == "several machines":
        settings.PAGE_GENERATIONS = "redis://localhost/1"
    pem = certificate_for("localhost", tmp_path)
    options = (f"--certificate={pem}", f"--certificate-key={pem}", "--bodies=")
    with echo(tmp_path), nginx(tmp_path, *options) as server:
        yield server


def in_files(bodies):
    """Return how many bodies nginx has in files, of which it keeps no names."""
    master = int((bodies.parent / "nginx.pid").read_text())
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    found = 0
    for worker in workers:
        for descriptor in Path(f"/proc/{worker}/fd").iterdir():
            with suppress(FileNotFoundError):
                found += str(descriptor.readlink()).startswith(f"{bodies}/")
    return found


def waiting(bodies, number):
    """Return how many bodies wait once they are ``number``, or have stopped coming."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = in_files(bodies)
        if found >= number:
            break
        time.sleep(0.05)
    return found


class Senders:
    """Those who begin to send something by HTTP/1.1 and never end."""

    def __init__(self, server, stack):
        self.host, _, port = server.partition(":")
        self.port, self.stack = int(port), stack

    def begin(self, path, method="POST", *lines):
        sender = self.stack.enter_context(
            socket.create_connection((self.host, self.port), PATIENCE)
        )
        head = "\r\n".join((f"{method} {path} HTTP/1.1", "Host: localhost", *lines))
        chunk = b"%x\r\n" % len(BEGUN) if "chunked" in head else b""
        sender.sendall(f"{head}\r\n\r\n".encode() + chunk + BEGUN)
        return sender


def status_of(sender):
    answer = HTTPResponse(sender)
    answer.begin()
    return answer.status


@pytest.fixture
def senders(server):
    with ExitStack() as stack:
        yield Senders(server, stack)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 1000000",),
        ("Content-Length: 1000000", "Expect: 100-continue"),
        ("Transfer-Encoding: chunked",),
    ],
)
def test_one_address_has_two_bodies_in_memory(senders, bodies, method, lines):
    for _ in range(2):
        senders.begin("/search/", method, *lines)
    assert waiting(bodies, 2) == 2

    assert status_of(senders.begin("/search/", method, *lines)) == 429
    assert in_files(bodies) == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("length", [{}, {"content-length": "1000000"}])
def test_so_it_has_by_http_2(secure, bodies, method, length):
    """Where nobody has to say that there is a body, nor how long it is."""
    with Http2(secure) as sender:
        for _ in range(4):
            sender.begin(method, "/search/", BEGUN, **length)

        assert list(sender.statuses(number=2).values()) == [429, 429]
        assert waiting(bodies, 2) == 2


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/search/", "/admin/", FILM])
def test_what_comes_with_a_reading_request_never_waits_in_a_file(
    secure, bodies, method, path
):
    with Http2(secure) as sender:
        for _ in range(4):
            sender.begin(method, path, BEGUN)

        assert list(sender.statuses(number=4).values()) == [413] * 4
        assert in_files(bodies) == 0


def test_many_read_at_once(secure):
    with Http2(secure) as reader:
        for _ in range(30):
            reader.begin("GET", "/search/")

        assert set(reader.statuses(number=30).values()) == {200}


class TestStaff:
    """What they send has room on a disk, which is the database's as well."""

    @pytest.mark.parametrize(
        ("path", "most"), [("/admin/login/", 10), (FILM, 4), (FILM_IN_A_DIALOGUE, 4)]
    )
    def test_one_address_has_a_few_bodies_there(self, senders, bodies, path, most):
        length = f"Content-Length: {70 * MB}"
        for _ in range(most):
            senders.begin(path, "POST", length)
        assert waiting(bodies, most) == most

        assert status_of(senders.begin(path, "POST", length)) == 429
        # Nor do they keep patients from sending something.
        senders.begin("/apply/", "POST", "Content-Length: 1000000")
        assert waiting(bodies, most + 1) == most + 1

    def test_a_film_may_be_as_long_as_the_site_takes(self, senders, bodies):
        senders.begin(FILM, "POST", f"Content-Length: {205 * MB}")

        assert waiting(bodies, 1) == 1

    @pytest.mark.parametrize("path", ["/admin/login/", "/admin/images/multiple/add/"])
    def test_nothing_else_may_be_as_long(self, server, path):
        length = str(205 * MB)

        answer = ask(server, "localhost", path, "POST", Content_Length=length)

        assert answer[0] == 413
        assert b"80 MB" in answer[2]

    def test_nothing_else_grows_as_long_by_http_2(self, secure, tmp_path):
        with Http2(secure) as sender:
            sender.begin(
                "POST", "/admin/login/", BEGUN, **{"content-length": str(205 * MB)}
            )

            assert list(sender.statuses(number=1).values()) == [413]


def test_without_room_for_a_body_that_is_said_in_words(server, bodies):
    shutil.rmtree(bodies)

    status, headers, content = ask(server, "localhost", "/", "POST", body=BEGUN)

    assert (status, headers["Retry-After"]) == (503, "60")
    assert b"Go back" in content
