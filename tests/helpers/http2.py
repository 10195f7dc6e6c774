"""Just enough of HTTP/2 to send a body that nobody announced and that never ends."""

import socket
import ssl

from tests.helpers.behind_nginx import PATIENCE

_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_DATA, _HEADERS, _RESET, _SETTINGS = 0, 1, 3, 4
_END_STREAM, _END_HEADERS = 1, 4
_LARGEST = 16_384  # of a frame
# What has a number of its own; others nginx writes in digits.
_STATUSES = {0x88: 200, 0x89: 204, 0x8B: 304, 0x8C: 400, 0x8D: 404, 0x8E: 500}


class Http2:
    """A connection over TLS; each request on it is a stream of its own."""

    def __init__(self, server):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_alpn_protocols(["h2"])
        host, _, port = server.partition(":")
        plain = socket.create_connection((host, int(port)), PATIENCE)
        self._socket = context.wrap_socket(plain, server_hostname="localhost")
        self._socket.sendall(_PREFACE)
        self._send(_SETTINGS, 0, 0)
        self._streams = 0
        self._statuses = {}

    def __enter__(self):
        return self

    def __exit__(self, *_raised):
        self._socket.close()

    def begin(self, method, path, body=b"", **headers):
        """Send a request with the beginning of a body; without one it is whole."""
        stream = 2 * self._streams + 1
        self._streams += 1
        named = {":method": method, ":scheme": "https", ":path": path}
        named |= {":authority": "localhost", **headers}
        words = [word.encode() for pair in named.items() for word in pair]
        written = [
            (b"" if number % 2 else b"\0") + bytes([len(word)]) + word
            for number, word in enumerate(words)
        ]
        ends = 0 if body else _END_STREAM
        self._send(_HEADERS, _END_HEADERS | ends, stream, b"".join(written))
        for start in range(0, len(body), _LARGEST):
            self._send(_DATA, 0, stream, body[start : start + _LARGEST])
        return stream

    def statuses(self, seconds=PATIENCE, number=0):
        """Return the status of each stream that was answered, when ``number`` were."""
        self._socket.settimeout(seconds)
        while not number or len(self._statuses) < number:
            try:
                self._read_frame()
            except TimeoutError:
                break
        return self._statuses

    def _send(self, kind, flags, stream, content=b""):
        head = len(content).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4)
        self._socket.sendall(head + content)

    def _read_frame(self):
        head = self._read(9)
        content = self._read(int.from_bytes(head[:3]))
        stream = int.from_bytes(head[5:])
        if head[3] == _HEADERS and stream not in self._statuses:
            words = content.lstrip(b"\x20")  # a size of the table
            number = _STATUSES.get(words[0]) or int(words[2:5])
            self._statuses[stream] = number

    def _read(self, size):
        read = b""
        while len(read) < size:
            piece = self._socket.recv(size - len(read))
            assert piece, "nginx has closed the connection"
            read += piece
        return read
