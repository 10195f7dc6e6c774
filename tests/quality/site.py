"""The demonstration, served from a folder of its own as production serves it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.helpers.free_port import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until the server answers
ADD = "import json; from tests.quality.additions import add; print(json.dumps(add()))"


class ServedSite:
    """The site in processes of its own, with a database and pictures of its own."""

    def __init__(self, folder: Path, say: Callable[[str], object]) -> None:
        self.folder = folder
        self.say = say
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "CACHE_URL", "EMAIL_URL", "TASKS_BACKEND")
        }
        self.environment = kept | {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "VAR_DIR": str(folder),
            "PORT": str(self.port),
            # As in production: "noindex" is for staging and for one's own machine.
            "SEARCH_ENGINES_ALLOWED": "True",
        }

    def start(self, migrated: Callable[[Path], object] = lambda database: None) -> None:
        """Start the site; ``migrated(path)`` may put a migrated database there."""
        self.say("Loading the demonstration, making its pictures ...")
        migrated(self.folder / "db.sqlite3")
        self.manage("migrate", "--verbosity=0")
        self.manage("prepare_local")
        self.manage("collectstatic", "--noinput", "--verbosity=0")
        self.manage("render_pages")
        with (self.folder / "gunicorn.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self._wait()
        self.say(f"Serving at {self.url}")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE)

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {arguments[0]}:\n{done.stderr[-3000:]}"
        return done.stdout

    def add(self) -> dict[str, dict[str, str]]:
        """Make what visitors can meet beyond the demonstration (``additions.py``)."""
        added: dict[str, dict[str, str]] = json.loads(
            self.manage("shell", "--verbosity=0", "--command", ADD)
        )
        return added

    def read(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path) as response:  # noqa: S310
            return str(response.read().decode())

    @property
    def accounts(self) -> Any:
        """Passwords by name of the account."""
        return json.loads((self.folder / "accounts.json").read_text())

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.read("/robots.txt")
            except urllib.error.URLError:
                time.sleep(0.2)
            else:
                return
        raise AssertionError((self.folder / "gunicorn.log").read_text()[-3000:])
