"""Asks ClamAV for viruses, where there is one: by its socket, with INSTREAM."""

import socket
import time
from collections.abc import Iterable
from contextlib import closing
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings

# Of connecting, and of each piece: somebody waits for the answer.
TIMEOUT = 5  # seconds
# Of all of it, however much comes and goes meanwhile.
LONGEST = 25  # seconds
_PORT = 3310
_LONGEST_ANSWER = 4096  # bytes


class ScannerGone(Exception):
    """ClamAV does not answer, or not as it should; the file has to wait."""


class Verdict(Enum):
    CLEAN = "clean"
    VIRUS = "virus"


def is_set_up() -> bool:
    return bool(settings.CLAMAV)


def scan(pieces: Iterable[bytes]) -> Verdict:
    """Return what ClamAV finds in ``pieces``, each of up to 4 GB.

    Raises:
        ScannerGone: It gave no verdict.
    """
    ends = time.monotonic() + LONGEST
    try:
        with closing(_connected()) as connection:
            connection.sendall(b"zINSTREAM\0")
            for piece in pieces:
                if piece:  # an empty one would say that this is the end
                    _wait_until(ends, connection)
                    connection.sendall(len(piece).to_bytes(4) + piece)
            connection.sendall(bytes(4))
            answer = _answer(connection, ends)
    except OSError as error:
        raise ScannerGone from error
    if answer.endswith(b" FOUND"):
        return Verdict.VIRUS
    if answer == b"stream: OK":
        return Verdict.CLEAN
    raise ScannerGone


def _connected() -> socket.socket:
    address = urlsplit(settings.CLAMAV)
    if address.scheme == "tcp":
        place = (address.hostname or "localhost", address.port or _PORT)
        return socket.create_connection(place, timeout=TIMEOUT)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(TIMEOUT)
    try:
        connection.connect(settings.CLAMAV)
    except OSError:
        connection.close()
        raise
    return connection


def _wait_until(ends: float, connection: socket.socket) -> None:
    """Let the next piece take no longer than there is time.

    Raises:
        TimeoutError: There is none.
    """
    if (left := ends - time.monotonic()) <= 0:
        raise TimeoutError
    connection.settimeout(min(TIMEOUT, left))


def _answer(connection: socket.socket, ends: float) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        _wait_until(ends, connection)
        if not (part := connection.recv(1024)):
            break
        answer += part
    return answer.partition(b"\0")[0]
