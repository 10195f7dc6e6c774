"""Reads the environment, and names the project's folders."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VAR = Path(env("VAR_DIR", default="") or ROOT / "var")

_ON = ("true", "on", "yes", "y", "1")
_OFF = ("false", "off", "no", "n", "0")
# What a browser sends in Host, without the port.
HOST = r"[a-z0-9._-]+|\[[0-9a-f:.]+\]"
_ADDRESS = re.compile(rf"(https?)://({HOST})(?::([0-9]{{1,5}}))?/?")
_USUAL_PORTS = {"http": 80, "https": 443}


def switch(name: str, *, default: bool) -> bool:
    """Return whether a variable says yes; ``default`` where it is empty."""
    said = env(name, default="").strip()
    if said.lower() in _ON:
        return True
    if said.lower() in _OFF:
        return False
    if said:
        raise ImproperlyConfigured(f"{name} is “{said}”. It is “True” or “False”.")
    return default


def number(name: str, *, default: int) -> int:
    """Return a variable that counts something; ``default`` where it is empty."""
    said = env(name, default="").strip()
    if not said:
        return default
    if not re.fullmatch("[0-9]{1,9}", said):
        raise ImproperlyConfigured(
            f"{name} is “{said}”. It is a number, such as {default}."
        )
    return int(said)


@contextmanager
def like(name: str, example: str) -> Iterator[None]:
    """Say what a variable should be like where reading it fails.

    What it is may hold a password, and is not said. One with a sign that begins another
    part of an address would be read in part, with a number in it as the port.
    """
    try:
        said = urlsplit(env(name, default=""))
        if said.fragment or (said.netloc and "@" in said.path + said.query):
            raise ValueError
        yield
    except (ImproperlyConfigured, KeyError, ValueError):
        raise ImproperlyConfigured(
            f"{name} is not like {example}. In a password, write signs such as / ? # @ "
            "as %2F %3F %23 %40."
        ) from None


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
