"""Makes the pages of a new generation before anybody asks for them."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings

from delivery import addresses
from delivery.pages import delete_old, has_room, stored_keys
from delivery.protocol import Generations

logger = logging.getLogger(__name__)

_LINK = re.compile(rb'<a\b[^>]*?\bhref="(/[^"#?]*)"')
# More than a site of this kind has; a list of addresses must not grow for ever.
_MOST = 20_000


class Warmer:
    """Asks the site for pages, the front page and what it links to before others.

    It remembers what was there, so that what the next change interrupts comes later.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self._known: dict[str, None] = {}

    def warm(
        self, kept: Generations, generation: str, is_over: Callable[[], bool]
    ) -> Iterator[str]:
        """Yield each page, as host and path, that is kept in ``generation`` now.

        Ends when another generation has begun, there is no more room, or ``is_over()``.
        """
        self._remember(stored_keys(kept.folder))
        done: set[str] = set()
        waiting = [f"{host}/" for host in self._hosts()]
        while waiting:
            for key in waiting:
                if is_over() or kept.current() != generation:
                    return
                if not _makes_room(kept.folder / generation):
                    logger.warning("The page store is full with %s pages.", len(done))
                    return
                done.add(key)
                status, content = self._ask(key)
                if status != HTTPStatus.OK:
                    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
                        self._known.pop(key, None)
                    continue
                self._remember([key])
                if key.endswith("/") and key.count("/") == 1:
                    self._remember(self._links(key, content), first=True)
                yield key
            waiting = [key for key in self._known if key not in done]

    def _remember(self, keys: Iterable[str], *, first: bool = False) -> None:
        new = dict.fromkeys(keys)
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
        return [f"{host}{path.decode()}" for path in _LINK.findall(content)]

    def _ask(self, key: str) -> tuple[int, bytes]:
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
        answered: list[int] = []

        def start_response(status: str, headers: Any, exc_info: Any = None) -> None:
            answered.append(int(status[:3]))

        parts = self.application(environ, start_response)
        content = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
        return answered[-1], content


def _makes_room(generation: Path) -> bool:
    """Return whether there is room, for which generations that are over are deleted."""
    if not has_room(generation.parent):
        delete_old(generation)
    return has_room(generation.parent)
