"""A name server of one's own, whose answers hold for no time."""

import socket
import struct
import threading
from contextlib import contextmanager
from socketserver import BaseRequestHandler, UDPServer

_ANSWER, _NO_SUCH_NAME = 0x8180, 0x8183
_IPV4 = 1


@contextmanager
def name_server(addresses):
    """Answer by ``{name: IPv4 address}``, which may change; yield ``address:port``."""

    class Handler(BaseRequestHandler):
        def handle(self):
            question, connection = self.request
            connection.sendto(_answer(question, addresses), self.client_address)

    with UDPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _answer(message, addresses):
    """Return the answer to a message with one question (RFC 1035, section 4)."""
    end = message.index(b"\0", 12) + 1
    labels, rest = [], message[12 : end - 1]
    while rest:
        length = rest[0] + 1
        labels.append(rest[1:length].decode())
        rest = rest[length:]
    address = addresses.get(".".join(labels))
    [kind] = struct.unpack("!H", message[end : end + 2])
    record = b""
    if address and kind == _IPV4:
        record = struct.pack("!HHHIH", 0xC00C, _IPV4, 1, 0, 4)
        record += socket.inet_aton(address)
    status = _ANSWER if address else _NO_SUCH_NAME
    counts = struct.pack("!HHHHH", status, 1, bool(record), 0, 0)
    return message[:2] + counts + message[12 : end + 4] + record
