"""The site behind nginx, each in processes of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from delivery.linked import LinkedGenerations
from delivery.pages import stored_keys
from tests.helpers.free_port import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
# What Debian's packages and `deploy/install` put around a site's own configuration.
AROUND = """
{user}
# Those of Debian's packages: an installed site says there what is said below.
include /etc/nginx/modules-enabled/*-mod-*.conf;
pcre_jit on;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/bodies;
  proxy_temp_path {folder}/proxied;
  fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s;
  include {folder}/site.conf;
}}
"""


class BehindNginx:
    """A site with two workers behind nginx, in a folder of its own.

    ``before`` are words that stand before the commands of both servers; ``environment``
    is added to the processes' own.
    """

    def __init__(self, folder, before=(), **environment):
        self.before = before
        self.folder = folder
        self.port, self.direct = free_port(), free_port()
        self.host = f"localhost:{self.port}"
        self.socket = str(folder / "site.sock")
        # In a folder of its own, so that a test can fill its disk.
        self.database = folder / "data" / "db.sqlite3"
        self.database.parent.mkdir(exist_ok=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "VAR_DIR": str(folder / "var"),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            **environment,
        }
        self.processes = {}
        self.listeners = []

    def start(self, fill):
        """Start both; ``fill(self)`` puts pages into the database."""
        self.manage("migrate", "--verbosity=0")
        fill(self)
        if not (self.folder / "var" / "static").exists():
            self.manage("collectstatic", "--noinput", "--verbosity=0")
        (self.folder / "var" / "media").mkdir(exist_ok=True)
        self.serve()

    def serve(self):
        """Start both servers, and return when they answer."""
        configuration = self.manage(
            "nginx", f"--listen={self.port}", f"--upstream=unix:{self.socket}"
        )
        (self.folder / "site.conf").write_text(configuration)
        user = "user root;" if os.geteuid() == 0 else ""
        whole = AROUND.format(folder=self.folder, user=user)
        (self.folder / "nginx.conf").write_text(whole)
        if not self.listeners:
            self._listen()
        self._start_site()
        self._start("nginx", *(NGINX, "-c", str(self.folder / "nginx.conf")))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if self.get("/")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(self.log("gunicorn") + self.log("nginx"))

    def restart(self):
        """Restart the site as systemd does: the sockets stay, the processes do not."""
        self.processes["gunicorn"].terminate()
        self.processes["gunicorn"].wait(PATIENCE)
        self._start_site()

    def _listen(self):
        for family, address in (
            (socket.AF_UNIX, self.socket),
            (socket.AF_INET, ("127.0.0.1", self.direct)),
        ):
            listener = socket.socket(family)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(1024)
            self.listeners.append(listener)

    def _start_site(self):
        """Start gunicorn with our sockets, by the protocol of systemd."""
        descriptors = [listener.fileno() for listener in self.listeners]
        moved = " ".join(f"{n}<&{fd}" for n, fd in enumerate(descriptors, start=3))
        script = f'export LISTEN_FDS=2 LISTEN_PID=$$; exec "$@" {moved}'
        gunicorn = (sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py")
        self._start("gunicorn", "bash", "-c", script, "bash", *gunicorn)

    def _start(self, name, *command):
        with (self.folder / f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(  # noqa: S603
                [*self.before, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                pass_fds=[listener.fileno() for listener in self.listeners],
            )

    def log(self, name):
        return (self.folder / f"{name}.log").read_text()[-3000:]

    def stop(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(PATIENCE)
        for listener in self.listeners:
            listener.close()

    def manage(self, *arguments):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def run(self, script):
        return self.manage("shell", "--verbosity=0", "--command", script)

    def get(self, path, method="GET", **headers):
        """Return status, headers and content of ``path`` from nginx."""
        return ask(f"127.0.0.1:{self.port}", self.host, path, method, **headers)

    @property
    def generations(self):
        return LinkedGenerations(self.folder / "var" / "pages")

    @property
    def workers(self):
        parent = self.processes["gunicorn"].pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        return [int(pid) for pid in children.split()]

    @property
    def stored(self):
        return set(stored_keys(self.folder / "var" / "pages"))


class _Local(HTTPConnection):
    """A connection to a socket in the file system."""

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.host)


def ask(server, host, path, method="GET", *, visitor="", body=b"", **headers):
    """Return status, headers and content of ``path``, which is sent as it stands.

    ``server`` is ``address:port`` or the path of a socket. ``visitor`` is an address
    to ask from, since nginx limits what comes from one. ``body`` is sent with it.
    """
    kind = _Local if server.startswith("/") else HTTPConnection
    connection = kind(server, timeout=PATIENCE)
    if visitor:
        connection.source_address = (visitor, 0)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in ({"Host": host} | headers).items():
        connection.putheader(name.replace("_", "-"), value)
    if body:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), content
