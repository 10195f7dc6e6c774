"""Reads the environment, and names the project's folders."""

import re
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VAR = Path(env("VAR_DIR", default=str(ROOT / "var")))

# What a browser sends in Host, without the port.
HOST = r"[a-z0-9._-]+|\[[0-9a-f:.]+\]"
_ADDRESS = re.compile(rf"(https?)://({HOST})(?::([0-9]{{1,5}}))?/?")
_USUAL_PORTS = {"http": 80, "https": 443}


def base_url(default: str) -> str:
    """Return ``BASE_URL``, to which paths are added: without a slash at its end."""
    said = env("BASE_URL", default="").strip() or default
    match = _ADDRESS.fullmatch(said.lower())
    port = int(match[3] or 0) if match else 0
    if not match or port > 65_535:
        raise ImproperlyConfigured(
            "BASE_URL is not like https://clinic.example. It has a scheme and a host, "
            "and a port where it is not the usual one; no path and no password. Write "
            "a host with letters such as ü as browsers send it, with xn--."
        )
    scheme, host, _ = match.groups()
    is_usual = port in (0, _USUAL_PORTS[scheme])
    return f"{scheme}://{host}" if is_usual else f"{scheme}://{host}:{port}"
