"""Which requests the store may answer, and under which name their page is kept."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage

# No dots, capital letters or double strokes, and nothing encoded but letters beyond
# ASCII: what is not expressible cannot be confused with something else. No part is
# longer than the name of a folder may be.
_PATH = re.compile(r"/(?:(?=[^/]{1,255}/)(?:[a-z0-9_-]|%[89A-F][0-9A-F])+/)*")
_LONGEST = 512  # characters
# What those who count visits add to a link; no page reads it.
TRACKING = "(?:utm_[a-z]+|gclid|dclid|fbclid|msclkid)"
_TRACKING = re.compile(rf"{TRACKING}=[^&]*(?:&{TRACKING}=[^&]*)*&?")


def page_key(environ: dict[str, Any]) -> str | None:
    """Return host and path as a name within a folder; None for other requests.

    Asks for nothing but a page at its canonical address: no file, no query but those of
    tracking, no form.
    """
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
        return None
    host = hosts().get(environ.get("HTTP_HOST", ""))
    query = environ.get("QUERY_STRING", "")
    if host is None or (query and not _TRACKING.fullmatch(query)):
        return None
    if _scheme(environ) != _canonical().scheme or "HTTP_AUTHORIZATION" in environ:
        return None
    path = quote(environ.get("PATH_INFO", "").encode("latin-1"))
    if len(path) > _LONGEST or not _PATH.fullmatch(path):
        return None
    return f"{host}{path}"


def is_for_all(environ: dict[str, Any]) -> bool:
    """Return whether a visitor gets what everybody gets: nobody has logged in."""
    cookies = environ.get("HTTP_COOKIE", "")
    # Also part of a longer name: then the site answers.
    return not any(name in cookies for name in personal_cookies())


def may_fill(environ: dict[str, Any]) -> bool:
    """Return whether the answer to a request with a key may be kept for others."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and environ.get("CONTENT_LENGTH", "") in ("", "0")
        and not any(name in environ for name in _UNUSUAL)
    )


_UNUSUAL = (
    "HTTP_COOKIE",
    "HTTP_RANGE",
    "HTTP_TRANSFER_ENCODING",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_HTTP_METHOD_OVERRIDE",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_REWRITE_URL",
)


def personal_cookies() -> tuple[str, str]:
    """Return the names of cookies with which a page is a visitor's own."""
    return settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name


def _scheme(environ: dict[str, Any]) -> str:
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if name in environ:
            return "https" if environ[name] == secure else "http"
    return str(environ["wsgi.url_scheme"])


def _canonical() -> Any:
    return _split(settings.WAGTAILADMIN_BASE_URL)


_split = lru_cache(maxsize=8)(urlsplit)


def hosts() -> dict[str, str]:
    """Return ``{Host header: name of its folder}`` of the hosts that are named whole.

    A pattern of hosts would let anybody fill the disk.
    """
    return _hosts(tuple(settings.ALLOWED_HOSTS), settings.WAGTAILADMIN_BASE_URL)


def canonical_hosts() -> list[str]:
    """Return the beginnings of the site's addresses, such as ``https://clinic.example``.

    One for each host that is named whole.
    """
    return [f"{_canonical().scheme}://{host}" for host in sorted(hosts())]


@lru_cache(maxsize=8)
def _hosts(allowed: tuple[str, ...], base_url: str) -> dict[str, str]:
    port = urlsplit(base_url).port
    whole = [host for host in allowed if re.fullmatch(r"[a-z0-9-][a-z0-9.-]*", host)]
    names = [f"{host}:{port}" if port else host for host in whole]
    return {name: name.replace(":", "_") for name in names}
