"""A CDN of the tests' own."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Cdn:
    """Notes what it is told to forget; answers with ``status``.

    ``meanwhile`` is called before it answers.
    """

    def __init__(self, address):
        self.address = address
        self.purged = []
        self.status = 200
        self.meanwhile = lambda: None


@contextmanager
def cdn():
    """Return a CDN that takes ``PURGE``, while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_PURGE(self):
            server.cdn.purged.append(f"{self.headers['Host']}{self.path}")
            server.cdn.meanwhile()
            self.send_response(server.cdn.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.cdn = Cdn(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.cdn
        server.shutdown()
        thread.join()
