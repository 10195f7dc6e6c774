"""Whom nginx believes that it stands behind another server: nobody who is not named."""

import json
import socket
from contextlib import ExitStack

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from tests.helpers.behind_nginx import PATIENCE, ask
from tests.helpers.nginx_alone import echo, nginx
from users.address import client_address

BALANCER, STRANGER = "127.0.1.7", "127.0.0.3"
# As a CDN and a balancer behind it write down: what the reader claims, then the reader.
READER = "203.0.113.1"
FORWARDED = {"X_Forwarded_For": f"198.51.100.9, {READER}", "X_Forwarded_Proto": "https"}


@pytest.fixture
def start(tmp_path, settings):
    """Start nginx in front of an echo, with the addresses that are named."""
    settings.PAGE_STORE = str(tmp_path / "pages")
    settings.TRUSTED_PROXIES = 1
    with ExitStack() as stack:

        def started(*addresses):
            settings.PROXY_ADDRESSES = list(addresses)
            stack.enter_context(echo(tmp_path))
            return stack.enter_context(nginx(tmp_path))

        yield started


def told(server, visitor, headers):
    """Return for whom the site takes a request, and over which scheme."""
    status, _, content = ask(server, "localhost", "/", visitor=visitor, **headers)
    assert status == 200, content
    heard = json.loads(content)
    request = RequestFactory().get("/", headers=heard)
    return client_address(request), heard["X-Forwarded-Proto"]


def test_a_balancer_tells_for_whom_it_asks_and_over_what(start):
    server = start("127.0.1.0/24", "2001:db8::/32", "127.0.1.7")

    assert told(server, BALANCER, FORWARDED) == (READER, "https")
    # Through the CDN, which is named as well.
    through = {"X_Forwarded_For": f"{READER}, 2001:db8::5", "X_Forwarded_Proto": "http"}
    assert told(server, BALANCER, through) == (READER, "http")
    assert told(server, BALANCER, {}) == (BALANCER, "http")
    odd = {"X_Forwarded_For": "nonsense", "X_Forwarded_Proto": "https, http"}
    assert told(server, BALANCER, odd) == (BALANCER, "http")


@pytest.mark.parametrize("named", [["127.0.1.0/24"], []])
def test_nobody_else_is_believed(start, named):
    server = start(*named)

    assert told(server, STRANGER, FORWARDED) == (STRANGER, "http")
    # With the words of nginx's own table.
    assert told(server, STRANGER, {"X_Forwarded_Proto": "1|https"})[1] == "http"


@pytest.mark.parametrize(
    ("reader", "same", "another"),
    [
        (READER, READER, "203.0.113.2"),
        # A household has 64 bits of IPv6 to itself.
        ("2001:db8:0:a::1", "2001:db8:0:a:b:c:d:e", "2001:db8:0:b::1"),
        ("::ffff:203.0.113.1", "::ffff:203.0.113.1", "::ffff:203.0.113.2"),
    ],
)
def test_limits_count_each_reader_behind_it(start, reader, same, another):
    server = start(BALANCER)
    host, _, port = server.partition(":")
    with ExitStack() as stack:
        for _ in range(2):
            slow = stack.enter_context(
                socket.create_connection((host, port), PATIENCE, (BALANCER, 0))
            )
            # A body that trickles in.
            slow.sendall(
                f"POST / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {reader}\r\n"
                "Content-Length: 1000\r\n\r\nx".encode()
            )

        def sends(reader):
            headers = {"X_Forwarded_For": reader, "Content_Length": "0"}
            return ask(server, "localhost", "/", "POST", visitor=BALANCER, **headers)[0]

        assert sends(same) == 429
        assert sends(another) == 200


@pytest.mark.parametrize("address", ["10.0.0.1/24", "balancer.example"])
def test_what_is_no_address_is_named(settings, tmp_path, address):
    settings.PAGE_STORE = str(tmp_path)
    settings.PROXY_ADDRESSES = [address]

    with pytest.raises(CommandError, match=f"PROXY_ADDRESSES has {address}"):
        call_command("nginx")
