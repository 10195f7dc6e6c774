"""A site in a folder and a database of its own, which parts of a measurement ask."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "var" / "bench" / "old-addresses"
HOST = "localhost:8765"
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def folder(database: str) -> Path:
    """Return where the site keeps its files, for each kind of database."""
    found = BUILT / database.partition(":")[0]
    found.mkdir(parents=True, exist_ok=True)
    return found


def variables(database: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "VAR_DIR": str(folder(database)),
        "DATABASE_URL": database,
        "TASKS_BACKEND": "django_tasks.backends.dummy.DummyBackend",
        "PORT": "8765",
    }


def run(database: str, *command: str) -> Any:
    """Run a part in a process of its own, and return what it found."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=ROOT,
        env=variables(database),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout or "null")


def ask(path: str, query: str = "") -> tuple[int, str]:
    """Ask the site in this process; return status and where it leads."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": HOST,
        "HTTP_USER_AGENT": READER,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8765",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    said: list[Any] = []
    body = application()(
        environ, lambda status, headers: said.extend([status, headers])
    )
    b"".join(body)
    if close := getattr(body, "close", None):
        close()
    return int(said[0][:3]), dict(said[1]).get("Location", "")


def application() -> Any:
    from config.wsgi import application as wsgi

    return wsgi


def act(words: list[str], parts: dict[str, Any]) -> None:
    """Do the part that ``words`` name, in a process of its own, and print it."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django

    django.setup()
    given: list[Any] = [int(word) if word.isdecimal() else word for word in words[1:]]
    result = parts[words[0]](*given)
    print(json.dumps(result))  # noqa: T201
