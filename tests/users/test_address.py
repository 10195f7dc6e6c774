"""Whom a request counts for."""

import pytest
from django.test import RequestFactory

from users.address import client_address


@pytest.mark.parametrize(
    ("proxies", "peer", "header", "address"),
    [
        (0, "203.0.113.1", "198.51.100.1", "203.0.113.1"),
        (0, "203.0.113.1", "", "203.0.113.1"),
        (1, "127.0.0.1", "203.0.113.1", "203.0.113.1"),
        (1, "127.0.0.1", "198.51.100.1, 203.0.113.1", "203.0.113.1"),
        (1, "127.0.0.1", "forged, 203.0.113.1", "203.0.113.1"),
        (2, "127.0.0.1", "198.51.100.1, 203.0.113.1, 10.0.0.1", "203.0.113.1"),
        # Fewer entries than proxies: it came past one of them.
        (2, "127.0.0.1", "198.51.100.1", "127.0.0.1"),
        (1, "127.0.0.1", "", "127.0.0.1"),
        (1, "127.0.0.1", "nonsense", "127.0.0.1"),
        (1, "", "203.0.113.1", "203.0.113.1"),
        (0, "", "", ""),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        (0, "::ffff:203.0.113.1", "", "203.0.113.1"),
    ],
)
def test_is_what_the_outermost_proxy_of_ours_saw(
    settings, proxies, peer, header, address
):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": header} if header else {}
    request = RequestFactory(REMOTE_ADDR=peer).get("/", headers=headers)

    assert client_address(request) == address
