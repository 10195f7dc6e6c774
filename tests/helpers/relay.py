"""Servers that are gone, that hang and that come back, for tests of faults."""

import contextlib
import select
import socket
import threading


class Relay:
    """A port that leads to a server, until the test cuts the line.

    After `cut` the port refuses connections, as when the server has stopped. After
    `hang` it takes them and everything sent, and never answers. `mend` undoes both.
    """

    def __init__(self, host, port):
        self.target = (host, port)
        self.accepted = 0
        self._hangs = threading.Event()
        self._pairs = []
        self._listener = None
        self._port = 0
        self.mend()

    @property
    def port(self):
        return self._port

    def mend(self):
        self._hangs.clear()
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self._port))
            self._port = self._listener.getsockname()[1]
            threading.Thread(
                target=self._accept, args=(self._listener,), daemon=True
            ).start()

    def hang(self):
        self._hangs.set()

    def cut(self):
        listener, self._listener = self._listener, None
        if listener:
            # Wakes the thread that waits for the next connection.
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for pair in self._pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self.accepted += 1
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client):
        with client, socket.socket() as server:
            if not self._hangs.is_set():
                server.connect(self.target)
            pair = (client, server)
            self._pairs.append(pair)
            other = {client: server, server: client}
            with contextlib.suppress(OSError):
                while True:
                    watched = [client] if self._hangs.is_set() else pair
                    for end in select.select(watched, [], [], 0.05)[0]:
                        data = end.recv(65536)
                        if not data:
                            return
                        if not self._hangs.is_set():
                            other[end].sendall(data)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.cut()


def silent_port():
    """A server that takes connections and never says a word, as a context manager."""
    relay = Relay("127.0.0.1", 1)
    relay.hang()
    return relay


def refused_port():
    """Return a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]
