"""Asks other sites, politely, whether what we link to is still there.

One address after the other, with a pause between two of one host. HEAD first, and GET
where a server does not know that; no body is read. Only public addresses are asked,
also after a redirect: an editor's link must not reach into the clinic's own network.
"""

import ipaddress
import logging
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from django.utils import timezone

from seo.links.models import LinkTarget

logger = logging.getLogger(__name__)

Verdict = LinkTarget.Verdict
PAUSE = 2.0  # seconds between two requests to one host
PATIENCE = 10.0  # seconds for one request
_MOST_REDIRECTS = 5
_FREE_PORTS = 1024  # below, other services than the web's answer
# By which IPv6 reaches IPv4, private addresses as well.
_TRANSLATED = [ipaddress.ip_network(n) for n in ("64:ff9b::/96", "2002::/16")]
_AGAIN = timedelta(days=7)  # after what was fine, or moved
_SOON = timedelta(days=1)
_LONGEST_WAIT = timedelta(days=7)
_UNKNOWN_METHOD = {
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,  # some answer so to HEAD alone
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.NOT_IMPLEMENTED,
}
_WAIT = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_SAFE = "/%:@!$&'()*+,;=?~"  # in an address that is written as it is sent
_JUDGED = ["verdict", "leads_to", "checked_at", "failures", "next_check_at"]


class Refused(Exception):
    """The address is none that may be asked."""


def is_allowed() -> bool:
    return bool(settings.LINKS_TO_OTHERS)


def check_others() -> Iterator[LinkTarget]:
    """Ask for each address that is due, and yield it once it is judged and stored."""
    asked: dict[str, float] = {}
    due = LinkTarget.objects.filter(is_external=True, links__isnull=False)
    due = due.exclude(next_check_at__gt=timezone.now()).distinct()
    for target in _host_by_host(list(due.order_by("pk"))):
        host = urlsplit(target.address).netloc
        if wait := asked.get(host, 0.0) + PAUSE - time.monotonic():
            time.sleep(max(wait, 0.0))
        _judge(target)
        asked[host] = time.monotonic()
        target.save(update_fields=_JUDGED)
        yield target


def _host_by_host(targets: list[LinkTarget]) -> list[LinkTarget]:
    """Return one of each host, then a second of each, so that pauses are short."""
    turns: dict[str, int] = {}

    def turn(target: LinkTarget) -> int:
        host = urlsplit(target.address).netloc
        turns[host] = turns.get(host, 0) + 1
        return turns[host]

    return sorted(targets, key=turn)


def _judge(target: LinkTarget) -> None:
    target.checked_at = timezone.now()
    try:
        status, leads_to, wait = _follow(target.address)
    except (OSError, HTTPException, ValueError, Refused) as error:
        logger.debug("%s did not answer: %s", target.pk, type(error).__name__)
        status, leads_to, wait = 0, "", None
    target.next_check_at = timezone.now() + (wait or _AGAIN)
    if wait is not None:
        return
    target.leads_to = leads_to
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        target.verdict, target.failures = Verdict.DEAD, 0
    elif status == 0 or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        target.verdict, target.failures = Verdict.FAILED, target.failures + 1
        target.next_check_at = timezone.now() + _SOON
    else:  # a refusal such as 403 says that something is there
        target.verdict, target.failures = Verdict.FINE, 0
        if leads_to:
            target.verdict = Verdict.MOVED


def _follow(address: str) -> tuple[int, str, timedelta | None]:
    """Return status, where it leads for good, and how long the server wants us to wait.

    Raises:
        Refused: A redirect leads round in circles, or where nobody may ask.
        OSError, HTTPException: There is no answer.
    """
    seen, leads_to, is_for_good = {address}, "", True
    for _redirect in range(_MOST_REDIRECTS + 1):
        status, location, again = _ask(address)
        if status in _WAIT and again:
            return status, "", again
        if not (HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST):
            return status, leads_to, None
        if not location or not location.isprintable():
            return status, leads_to, None
        address = urljoin(address, location)
        is_for_good &= status in (
            HTTPStatus.MOVED_PERMANENTLY,
            HTTPStatus.PERMANENT_REDIRECT,
        )
        leads_to = address if is_for_good else leads_to
        if address in seen:
            raise Refused
        seen.add(address)
    raise Refused


def _ask(address: str) -> tuple[int, str, timedelta | None]:
    status, location, again = _request(address, "HEAD")
    if status in _UNKNOWN_METHOD:
        time.sleep(PAUSE)
        status, location, again = _request(address, "GET")
    return status, location, again


def _request(address: str, method: str) -> tuple[int, str, timedelta | None]:
    parts = urlsplit(address)
    connection, ip = _connection(parts)
    # A server may take a byte a second, for its handshake as for its headers.
    watch = Timer(PATIENCE, lambda: _hang_up(connection))
    watch.start()
    try:
        _connect(connection, ip)
        path = quote(parts.path, safe=_SAFE) or "/"
        query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
        connection.request(method, path + query, headers={"User-Agent": _agent()})
        response = connection.getresponse()
        location = response.getheader("Location") or ""
        return response.status, location, _wait(response)
    finally:
        watch.cancel()
        connection.close()


def _connection(parts: SplitResult) -> tuple[HTTPConnection, str]:
    """Return a connection, not yet made, and one of its host's addresses.

    Raises:
        Refused: Not all of these are public, or it is no port of web servers.
    """
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused
    is_secure = parts.scheme == "https"
    host = parts.hostname.encode("idna").decode()
    port = parts.port or (443 if is_secure else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ips = [str(each[4][0]) for each in found]
    if not all(map(is_public, ips)) or not (port in (80, 443) or port >= _FREE_PORTS):
        raise Refused
    kind = HTTPSConnection if is_secure else HTTPConnection
    return kind(host, port, timeout=PATIENCE), ips[0]


def _connect(connection: HTTPConnection, ip: str) -> None:
    """Connect to the address that was looked at, whatever the name means by now."""
    sock = socket.create_connection((ip, connection.port), timeout=PATIENCE)
    connection.sock = sock
    if isinstance(connection, HTTPSConnection):
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(sock, server_hostname=connection.host)


def is_public(ip: str) -> bool:
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and (
        any(address in network for network in _TRANSLATED)
    ):
        return False
    return address.is_global and not address.is_multicast


def _hang_up(connection: HTTPConnection) -> None:
    if connection.sock:
        connection.sock.shutdown(socket.SHUT_RDWR)


def _agent() -> str:
    name, address = settings.WAGTAIL_SITE_NAME, settings.WAGTAILADMIN_BASE_URL
    return f"{quote(name)}/link-check (+{address})"


def _wait(response: HTTPResponse) -> timedelta | None:
    """Return what Retry-After asks for, at most a week; None where it asks nothing."""
    if response.status not in _WAIT:
        return None
    value = response.getheader("Retry-After") or ""
    if value.isdecimal():
        asked = timedelta(seconds=min(int(value), 10**6))
    else:
        try:
            moment = parsedate_to_datetime(value)
            # Without a zone it is UTC's, as HTTP says.
            asked = moment.replace(tzinfo=moment.tzinfo or UTC) - timezone.now()
        except ValueError:
            asked = _SOON
    return min(max(asked, timedelta(minutes=1)), _LONGEST_WAIT)
