"""Other sites are asked politely, and nobody's own network at all."""

import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from seo.links import others
from seo.links.models import Link, LinkTarget

pytestmark = pytest.mark.django_db
Verdict = LinkTarget.Verdict


class Server(BaseHTTPRequestHandler):
    """Answers as its paths say."""

    asked: list[tuple[str, str]] = []
    stop = threading.Event()

    def do_HEAD(self):
        self.asked.append((self.command, self.path))
        name, _, rest = self.path.strip("/").partition("/")
        if name == "status":
            if rest == "405" and self.command == "GET":
                rest = "200"
            self.send_response(int(rest))
            if rest == "429":
                self.send_header("Retry-After", "3600")
            if rest == "503":
                self.send_header("Retry-After", "Wed, 21 Oct 2026 07:28:00")
        elif name in ("to", "found"):
            self.send_response(301 if name == "to" else 302)
            self.send_header("Location", f"/{rest}" if "://" not in rest else rest)
        elif name == "round":
            self.send_response(301)
            self.send_header("Location", self.path)
        elif name == "slow":
            self.send_response(200)
            self.end_headers()
            self.stop.wait(20)
            return
        elif name == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            with suppress(OSError):
                while not self.stop.wait(0.05):
                    self.wfile.write(b"X-More: 1\r\n")
            return
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815  (its name is http.server's)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(monkeypatch, settings):
    settings.LINKS_TO_OTHERS = True
    monkeypatch.setattr(others, "PAUSE", 0.0)
    monkeypatch.setattr(others, "is_public", lambda ip: ip == "127.0.0.1")
    monkeypatch.setattr(Server, "asked", [])
    monkeypatch.setattr(Server, "stop", threading.Event())
    served = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=served.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}"
    Server.stop.set()
    served.shutdown()
    thread.join()
    served.server_close()


def target(address, page=None):
    page = page or Page.objects.filter(depth=1).first() or Page.add_root(title="Root")
    made = LinkTarget.objects.create(
        address=address, digest=LinkTarget.digest_of(address), is_external=True
    )
    Link.objects.create(page=page, target=made, words="read on")
    return made


def asked(address):
    made = target(address)
    list(others.check_others())
    made.refresh_from_db()
    return made


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("path", "verdict", "leads_to"),
    [
        ("/status/200", Verdict.FINE, ""),
        ("/status/403", Verdict.FINE, ""),
        ("/status/405", Verdict.FINE, ""),
        ("/status/404", Verdict.DEAD, ""),
        ("/status/410", Verdict.DEAD, ""),
        ("/status/500", Verdict.FAILED, ""),
        ("/status/503", Verdict.UNKNOWN, ""),
        ("/to/status/200", Verdict.MOVED, "/status/200"),
        ("/found/status/200", Verdict.FINE, ""),
        ("/to/status/404", Verdict.DEAD, "/status/404"),
        ("/to/to/status/200", Verdict.MOVED, "/status/200"),
        ("/to/" * 9 + "status/200", Verdict.FAILED, ""),
        ("/to/http://[::1]/", Verdict.FAILED, ""),
        ("/to/http://10.1.2.3/", Verdict.FAILED, ""),
        ("/to/file:///etc/passwd", Verdict.FAILED, ""),
        ("/slow", Verdict.FINE, ""),
    ],
)
def test_what_it_says_is_kept(server, path, verdict, leads_to):
    found = asked(server + path.replace("//to", "/to"))

    assert (found.verdict, found.leads_to.removeprefix(server)) == (verdict, leads_to)


def test_one_that_leads_round_in_circles_does_not_answer(server):
    assert asked(f"{server}/round").verdict == Verdict.FAILED
    assert len(Server.asked) == 1


def test_a_header_without_end_holds_nobody_up(server, monkeypatch):
    monkeypatch.setattr(others, "PATIENCE", 0.3)

    began = time.monotonic()
    found = asked(f"{server}/drip")

    assert found.checked_at
    assert time.monotonic() - began < 5


def test_one_that_is_busy_is_left_in_peace_for_as_long_as_it_says(server):
    found = asked(f"{server}/status/429")
    list(others.check_others())

    assert found.verdict == Verdict.UNKNOWN
    assert found.next_check_at > timezone.now() + timezone.timedelta(minutes=59)
    assert len(Server.asked) == 1


def test_two_of_one_host_are_asked_one_after_the_other_with_a_pause(
    server, monkeypatch
):
    monkeypatch.setattr(others, "PAUSE", 0.2)
    for number in range(3):
        target(f"{server}/status/200?{number}")

    began = time.monotonic()
    list(others.check_others())

    assert time.monotonic() - began >= 0.4


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/",
        "http://10.0.0.1/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
    ],
)
def test_nobodys_own_network_is_reached(settings, address, monkeypatch):
    def connect(*args, **kwargs):
        raise AssertionError("it was reached")

    monkeypatch.setattr("socket.create_connection", connect)

    assert asked(address).verdict == Verdict.FAILED


def test_nobody_is_asked_unless_the_operator_wants_it(server, settings):
    settings.LINKS_TO_OTHERS = False
    target(f"{server}/status/200")

    call_command("check_links", "--others")

    assert Server.asked == []
