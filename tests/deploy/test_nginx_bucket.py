"""nginx fetches uploads from a bucket, wherever its name leads at that moment."""

import ssl
import threading
import time
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import call_command

from tests.helpers.behind_nginx import PATIENCE, ask
from tests.helpers.certificates import certificate_for
from tests.helpers.name_server import name_server
from tests.helpers.nginx_alone import nginx

NAME = "bucket.example"
OF_A_BUCKET = {
    "Location": f"https://{NAME}/elsewhere",
    "Content-Disposition": 'attachment; filename="virus.exe"',
    "Set-Cookie": "a=b",
    "X-Amz-Id-2": "a host of it",
    "X-Amz-Request-Id": "1",
}


@pytest.fixture
def bucket(tmp_path, settings):
    with ExitStack() as stack:
        yield Bucket(tmp_path, settings, stack)


class Bucket:
    """A service with a bucket, and nginx in front of it."""

    def __init__(self, folder, settings, stack):
        self.folder, self.stack = folder, stack
        self.names, self.asked = {}, []
        self.port = 0
        settings.PAGE_STORE = str(folder / "pages")
        self.settings = settings
        self.certificate = certificate_for(NAME, folder)

    def open(self, address, certificate=None):
        """Serve at an address, at the port that the first one was given."""
        server = served(address, self.port, certificate or self.certificate, self.asked)
        self.port = self.stack.enter_context(server)

    def name(self):
        """Have the settings name the bucket."""
        storage = {
            "BACKEND": "config.object_storage.ObjectStorage",
            "OPTIONS": {
                "endpoint_url": f"https://{NAME}:{self.port}",
                "bucket_name": "clinic",
                "location": "public",
                "verify": str(self.certificate),
            },
        }
        self.settings.STORAGES = {**self.settings.STORAGES, "default": storage}

    def start(self):
        self.name()
        resolver = self.stack.enter_context(name_server(self.names))
        self.server = self.stack.enter_context(
            nginx(self.folder, f"--resolver={resolver}")
        )

    def get(self, path="/media/a.png", **headers):
        return ask(self.server, "localhost", path, **headers)

    def get_once_it_says(self, words):
        """Ask until the name leads elsewhere: an answer holds for a second."""
        until = time.monotonic() + PATIENCE
        while words not in (answer := self.get())[2]:
            assert time.monotonic() < until, answer
            time.sleep(0.05)
        return answer


@contextmanager
def served(address, port, certificate, asked):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status = 200
            for number in (301, 307, 403, 404, 500, 501, 503):
                if self.path.endswith(f"/{number}"):
                    status = number
            asked.append(self.headers)
            self.send_response(status)
            for name, value in OF_A_BUCKET.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(f"{address} {self.path} {self.headers['Host']}".encode())

        def log_message(self, *args):
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with ThreadingHTTPServer((address, port), Handler) as server:
        server.handle_error = lambda *args: None  # nginx hangs up on a wrong one
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def says_it_is_gone(answer):
    status, headers, content = answer
    assert (status, headers["Retry-After"]) == (503, "60")
    assert headers["Cache-Control"] == "no-store"
    assert b"We cannot be reached right now" in content
    return True


def test_a_service_that_moves_is_followed(bucket):
    bucket.open("127.0.0.1")
    bucket.open("127.0.0.2")
    bucket.names[NAME] = "127.0.0.1"
    bucket.start()
    status, headers, content = bucket.get()
    assert (status, content.split()[0]) == (200, b"127.0.0.1")
    assert headers["Content-Type"] == "image/png"

    bucket.names[NAME] = "127.0.0.2"

    assert bucket.get_once_it_says(b"127.0.0.2")[0] == 200


def test_nothing_is_asked_for_but_files_of_the_bucket(bucket):
    bucket.open("127.0.0.1")
    bucket.names[NAME] = "127.0.0.1"
    bucket.start()
    host = f"{NAME}:{bucket.port}"

    for name in ("a.png", "a%20b", "a%0Ab", "a%0A", "a%3Fb", "a%2541", "%C3%A9.png"):
        # What follows are commands to the service.
        asked = bucket.get(f"/media/images/{name}?acl")[2].decode()
        assert asked == f"127.0.0.1 /clinic/public/images/{name} {host}"


def test_a_visitor_decides_nothing_but_the_part_that_is_sent(bucket):
    """S3 refuses a file for a header of its own, and a CDN would keep that."""
    bucket.open("127.0.0.1")
    bucket.names[NAME] = "127.0.0.1"
    bucket.start()
    asks_for = {"If-None-Match": '"a"', "If-Modified-Since": "yesterday"}
    asks_for |= {"Range": "bytes=0-1", "If-Range": '"a"'}

    status, headers, _content = bucket.get(
        Authorization="x", X_Amz_Expected_Bucket_Owner="1", Cookie="a=b", **asks_for
    )

    assert status == 200
    assert dict(bucket.asked[0]) == {
        "Host": f"{NAME}:{bucket.port}",
        "Connection": "close",
        **asks_for,
    }
    assert not (OF_A_BUCKET.keys() - {"Location", "Content-Disposition"}) & {*headers}
    assert "virus" not in str(headers)


@pytest.mark.parametrize(
    ("text", "servers"),
    [
        (
            "search example\nnameserver 10.0.0.2\nnameserver 2001:db8::53\n"
            "nameserver fe80::1%eth0\n",
            "10.0.0.2 [2001:db8::53]",
        ),
        ("", "127.0.0.1"),
    ],
)
def test_the_machines_own_name_servers_are_asked(bucket, monkeypatch, text, servers):
    path = bucket.folder / "resolv.conf"
    path.write_text(text)
    monkeypatch.setattr("core.management.commands.nginx._NAME_SERVERS", path)
    bucket.name()
    written = StringIO()

    call_command("nginx", stdout=written)

    assert f"resolver {servers};" in written.getvalue()


def test_nginx_starts_before_the_name_is_known(bucket):
    bucket.open("127.0.0.1")
    bucket.start()
    assert says_it_is_gone(bucket.get())

    bucket.names[NAME] = "127.0.0.1"

    assert bucket.get_once_it_says(b"127.0.0.1")[0] == 200


def test_a_service_that_is_gone_or_fails_is_told_of_in_words(bucket):
    bucket.open("127.0.0.1")
    bucket.names[NAME] = "127.0.0.1"
    bucket.start()

    for status in (301, 307, 500, 501, 503):
        assert says_it_is_gone(bucket.get(f"/media/{status}"))
    assert "Location" not in bucket.get("/media/301")[1]
    assert bucket.get("/media/404")[0] == bucket.get("/media/403")[0] == 404
    assert NAME.encode() not in bucket.get("/media/404")[2]
    bucket.names[NAME] = "127.0.0.9"
    bucket.get_once_it_says(b"We cannot be reached")


@pytest.mark.parametrize("other", ["other.example", NAME])
def test_a_service_with_a_wrong_certificate_is_not_believed(bucket, tmp_path, other):
    """Another's, or one that nobody vouches for."""
    (tmp_path / "other").mkdir()
    wrong = certificate_for(other, tmp_path / "other")
    bucket.open("127.0.0.1", wrong)
    bucket.names[NAME] = "127.0.0.1"
    if other != NAME:
        bucket.certificate = wrong
    bucket.start()

    assert says_it_is_gone(bucket.get())
