"""Settings as a process of its own reads them from a given environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What production requires.
REQUIRED = {
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "clinic.example",
    "BASE_URL": "https://clinic.example",
    "DATABASE_URL": "sqlite://:memory:",
    "FIELD_KEYS": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "CACHE_URL": "redis://cache.example:6379/1",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "DEFAULT_FROM_EMAIL": "clinic@clinic.example",
    "HSTS": "full",
}
_VALUES = """
import importlib, json, sys
settings = importlib.import_module(sys.argv[1])
found = {name: getattr(settings, name, None) for name in sys.argv[2:]}
print(json.dumps(found, default=str))
"""


def run(*arguments, environment=REQUIRED, settings="production"):
    """Run Python with ``environment`` and nothing of this process's own."""
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            **environment,
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "site"),
            "DJANGO_SETTINGS_MODULE": f"config.settings.{settings}",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def shell(script, **changes):
    """Return what a script prints under production settings."""
    return _printed(
        run(
            *("manage.py", "shell", "--no-imports", "--command", script),
            environment=REQUIRED | changes,
        )
    )


def values(*names, settings="production", **changes):
    """Return settings by their names, without starting Django."""
    module = f"config.settings.{settings}"
    environment = REQUIRED | changes if settings == "production" else changes
    done = run("-c", _VALUES, module, *names, environment=environment)
    return json.loads(_printed(done))


def _printed(done):
    assert done.returncode == 0, done.stderr
    return done.stdout
