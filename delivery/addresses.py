"""Which requests the store may answer, and under which name their page is kept."""

import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.signals import setting_changed
from django.dispatch import receiver

# No dots, capital letters or double strokes, and nothing encoded but letters beyond
# ASCII: what is not expressible cannot be confused with something else. No part is
# longer than the name of a folder may be.
_PATH = re.compile(r"/(?:(?=[^/]{1,255}/)(?:[a-z0-9_-]|%[89A-F][0-9A-F])+/)*")
_LONGEST = 512  # characters
_HOST = re.compile(r"[a-z0-9-][a-z0-9.-]*")
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
    site = _site()
    host = site.hosts.get(environ.get("HTTP_HOST", ""))
    query = environ.get("QUERY_STRING", "")
    if host is None or (query and not _TRACKING.fullmatch(query)):
        return None
    if _scheme(environ, site) != site.scheme or "HTTP_AUTHORIZATION" in environ:
        return None
    path = environ.get("PATH_INFO", "")
    # First, so that nobody fills the memory of those that have been looked at.
    if len(path) > _LONGEST or not (written := _written(path)):
        return None
    return f"{host}{written}"


@lru_cache(maxsize=1024)
def _written(path: str) -> str | None:
    """Return a path of WSGI as browsers write it, None if it has other characters."""
    written = quote(path.encode("latin-1"))
    if len(written) > _LONGEST or not _PATH.fullmatch(written):
        return None
    return written


def is_for_all(environ: dict[str, Any]) -> bool:
    """Return whether a visitor gets what everybody gets: nobody has logged in."""
    cookies = environ.get("HTTP_COOKIE")
    # Also part of a longer name: then the site answers.
    return not cookies or not any(name in cookies for name in personal_cookies())


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


class _Site(NamedTuple):
    """What the settings say of addresses."""

    scheme: str
    proxy_header: tuple[str, str] | None  # which says that visitors use HTTPS
    hosts: dict[str, str]


@lru_cache(maxsize=1)
def _site() -> _Site:
    """Return it as read once: reading settings takes longer than looking at a path."""
    own = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    whole = [host for host in settings.ALLOWED_HOSTS if _HOST.fullmatch(host)]
    names = [f"{host}:{own.port}" if own.port else host for host in whole]
    hosts = {name: name.replace(":", "_") for name in names}
    return _Site(own.scheme, settings.SECURE_PROXY_SSL_HEADER, hosts)


@receiver(setting_changed)
def _read_again(**kwargs: Any) -> None:  # tests change settings
    _site.cache_clear()


def _scheme(environ: dict[str, Any], site: _Site) -> str:
    if site.proxy_header:
        name, secure = site.proxy_header
        if name in environ:
            return "https" if environ[name] == secure else "http"
    return str(environ["wsgi.url_scheme"])


def hosts() -> dict[str, str]:
    """Return ``{Host header: name of its folder}`` of the hosts that are named whole.

    A pattern of hosts would let anybody fill the disk.
    """
    return _site().hosts


def canonical_hosts() -> list[str]:
    """Return the beginnings of the site's addresses, such as ``https://clinic.example``.

    One for each host that is named whole.
    """
    return [f"{_site().scheme}://{host}" for host in sorted(hosts())]
