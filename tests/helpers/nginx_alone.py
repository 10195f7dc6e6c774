"""nginx as it is configured for the site, and something small in the site's place."""

import json
import os
import re
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from io import StringIO
from socketserver import ThreadingUnixStreamServer

from django.core.management import call_command

from tests.helpers.behind_nginx import AROUND, NGINX, PATIENCE
from tests.helpers.free_port import free_port


@contextmanager
def nginx(folder, *options):
    """Run nginx as `manage.py nginx` says; yield where it answers."""
    port = free_port()
    written = StringIO()
    site = f"--upstream=unix:{folder}/site.sock"
    call_command("nginx", f"--listen={port}", site, *options, stdout=written)
    # With a certificate, what is sent to https listens to ports of the machine.
    text = re.sub(r"  listen \[::\]:80\b.*\n", "", written.getvalue())
    text = re.sub(r"listen 80\b", f"listen unix:{folder}/plain.sock", text)
    (folder / "site.conf").write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    with subprocess.Popen([NGINX, "-c", folder / "nginx.conf"]) as process:  # noqa: S603
        try:
            _wait_for(port, process, folder / "nginx.pid")
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


@contextmanager
def echo(folder, **said):
    """Answer every request with its own headers, where the site would be.

    ``said`` are headers of each answer.
    """
    handler = type("_Said", (_Echo,), {"said": said})
    with _Server(str(folder / "site.sock"), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingUnixStreamServer):
    request_queue_size = 128


class _Echo(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        for name, value in self.said.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(json.dumps(dict(self.headers)).encode())

    do_POST = do_GET  # noqa: N815  (http.server's name)

    def address_string(self):
        return "nginx"

    def log_message(self, *args):
        pass


def _wait_for(port, process, started):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "nginx does not run"
        try:
            socket.create_connection(("127.0.0.1", port), PATIENCE).close()
        except OSError:
            time.sleep(0.05)
        else:
            if started.exists() and started.read_text():
                return
    raise AssertionError("nginx does not answer")
