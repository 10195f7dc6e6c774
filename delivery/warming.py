"""Makes pages before anybody asks for them.

All pages of a generation are over when the next begins, and many before, together: when
the period of the clock ends for which they are kept (`delivery.pages`).
"""

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.headers import Headers
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections

from delivery import addresses
from delivery.calendar import holds_in
from delivery.once import scope
from delivery.pages import bucket_before, delete_old, has_room, stored_keys
from delivery.protocol import Generations

logger = logging.getLogger(__name__)

_LINK = re.compile(rb'<a\b[^>]*?\bhref="(/(?!/)[^"#?]*)"')
# More than a site of this kind has; a list of addresses must not grow for ever.
_MOST = 20_000
# What a page says whose pictures a task still has to make.
_FOR_THIS_ONCE = "no-store"
_REHEARSED = 20  # pages
_PAUSE, _LONGEST_PAUSE = 2, 300  # seconds until such a page is asked for again


class Moment(NamedTuple):
    """Where pages are kept that are made now."""

    generation: str
    period: str


def moment(kept: Generations) -> Moment | None:
    """Return where pages are kept now, None while none is.

    Somebody is committing then, or something changes by itself within seconds.
    """
    generation, now = kept.current(), time.time()
    if generation is None:
        return None
    with scope(generation):
        _since, until = holds_in(generation, datetime.fromtimestamp(now, tz=UTC))
    period = bucket_before(now, until)
    return Moment(generation, period) if period else None


class Warmer:
    """Asks the site for pages, the front page and what it links to before others.

    It remembers what was there, so that what the next change interrupts comes later.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self._known: dict[str, None] = {}
        self._unfinished: dict[str, None] = {}
        self._next_try, self._pause = 0.0, _PAUSE

    def warm(
        self, kept: Generations, at: Moment, is_over: Callable[[], bool]
    ) -> Iterator[str]:
        """Yield each page, as host and path, that is made for the moment.

        Ends when another generation or period has begun, there is no more room, or
        ``is_over()``.
        """
        self._remember(stored_keys(kept.folder))
        self._unfinished, self._next_try, self._pause = {}, 0.0, _PAUSE
        done: set[str] = set()
        waiting = [f"{host}/" for host in self._hosts()]
        while waiting:
            for key in waiting:
                if is_over() or moment(kept) != at:
                    return
                if not _makes_room(kept.folder / at.generation):
                    logger.warning("The page store is full with %s pages.", len(done))
                    return
                done.add(key)
                if self._make(key):
                    yield key
            waiting = [key for key in self._known if key not in done]

    def finish(
        self, kept: Generations, at: Moment, is_over: Callable[[], bool]
    ) -> Iterator[str]:
        """Yield each page that has all its pictures now, as `warm` yields others.

        To be called again and again: it asks ever more seldom, and gives up at last.
        """
        if time.monotonic() < self._next_try or self._pause > _LONGEST_PAUSE:
            return
        self._next_try = time.monotonic() + self._pause
        self._pause *= 2
        for key in list(self._unfinished):
            if is_over() or moment(kept) != at:
                return
            if self._make(key):
                del self._unfinished[key]
                yield key

    def rehearse(self) -> None:
        """Make the front page and some that it links to."""
        front_pages = [f"{host}/" for host in self._hosts()]
        for key in front_pages:
            self._make(key)
        others = [key for key in self._known if key not in front_pages]
        for key in others[:_REHEARSED]:
            self._make(key)

    def _make(self, key: str) -> bool:
        """Return whether a page was made, and not only for this once."""
        try:
            status, cache_control, content = self._ask(key)
        except (OperationalError, InterfaceError):
            raise  # the others would fail as well
        except Exception:
            logger.exception("%s could not be made beforehand.", key)
            return False
        if status != HTTPStatus.OK:
            if status < HTTPStatus.INTERNAL_SERVER_ERROR:
                self._known.pop(key, None)
            return False
        self._remember([key])
        if key.endswith("/") and key.count("/") == 1:
            self._remember(self._links(key, content), first=True)
        if cache_control == _FOR_THIS_ONCE:
            self._unfinished[key] = None
            return False
        return True

    def _remember(self, keys: Iterable[str], *, first: bool = False) -> None:
        folders = set(addresses.hosts().values())  # others were ours once
        new = dict.fromkeys(key for key in keys if key.partition("/")[0] in folders)
        known = {**new, **self._known} if first else {**self._known, **new}
        self._known = dict(list(known.items())[:_MOST])

    def _hosts(self) -> list[str]:
        """Return the hosts that somebody has asked for, or else the site's own."""
        folders = set(addresses.hosts().values())
        asked = {key.partition("/")[0] for key in self._known} & folders
        own = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc.replace(":", "_")
        return sorted(asked) or sorted({own} & folders)

    def _links(self, key: str, content: bytes) -> list[str]:
        host = key.partition("/")[0]
        paths = [path.decode(errors="ignore") for path in _LINK.findall(content)]
        return [f"{host}{path}" for path in paths]

    def _ask(self, key: str) -> tuple[int, str, bytes]:
        """Return status, Cache-Control and content of a page."""
        folder, _, path = key.partition("/")
        host = next(h for h, name in addresses.hosts().items() if name == folder)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote_to_bytes(f"/{path}").decode("latin-1"),
            "QUERY_STRING": "",
            "SCRIPT_NAME": "",
            "HTTP_HOST": host,
            "wsgi.input": BytesIO(),
            "wsgi.url_scheme": urlsplit(settings.WAGTAILADMIN_BASE_URL).scheme,
        }
        setup_testing_defaults(environ)
        if settings.SECURE_PROXY_SSL_HEADER:
            name, secure = settings.SECURE_PROXY_SSL_HEADER
            environ[name] = secure
        answered: list[tuple[int, str]] = []

        def start_response(status: str, headers: Any, exc_info: Any = None) -> None:
            answered.append((int(status[:3]), Headers(headers)["Cache-Control"] or ""))

        parts = self.application(environ, start_response)
        content = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
        return *answered[-1], content


def rehearse(application: Callable[..., Iterable[bytes]]) -> None:
    """Answer some requests in a process from which others will part.

    They share the memory of what that has read: templates, translations, addresses. A
    database that is gone is no reason not to start.
    """
    try:
        Warmer(application).rehearse()
    except (OperationalError, InterfaceError) as error:
        logger.warning("The database is gone: %s", type(error).__name__)
    finally:
        connections.close_all()  # none may be used by two processes


def _makes_room(generation: Path) -> bool:
    """Return whether there is room, for which generations that are over are deleted."""
    if not has_room(generation.parent):
        delete_old(generation)
    return has_room(generation.parent)
