"""The outermost layer of the site: answers with stored pages, and stores new ones."""

import gzip
import re
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from wagtail.models import Site

from delivery import pages
from delivery.addresses import is_for_all, may_fill, page_key
from delivery.calendar import changes_around
from delivery.generations import generations
from delivery.headers import CONTENT_TYPE, is_standard, standard_headers
from delivery.middleware import PAGE
from delivery.once import scope
from delivery.pages import StoredPage
from delivery.protocol import opened_at

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Headers = tuple[tuple[str, str], ...]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class PageStore:
    """Wraps the site's WSGI application.

    The generation is asked for before anything else is: a page that is made during a
    later change then belongs to a generation that is over, and nobody gets it.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(
        self, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        kept, now = generations(), time.time()
        generation = kept.current() if kept else None
        key = page_key(environ) if generation else None
        if kept and generation and key and is_for_all(environ):
            encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
            folder = f"{kept.folder}/{generation}"
            if found := pages.find(folder, key, encoding, now):
                return _answer(environ, start_response, found, encoding)
            if may_fill(environ):
                with scope(generation):
                    return self._fill(
                        environ, start_response, Path(folder), key, encoding, now
                    )
        if kept and generation is None:
            # Each process keeps for an hour where sites begin: without a generation
            # nothing says that another has changed it.
            Site.clear_site_root_paths_cache()
        with scope(generation):
            return self.application(environ, start_response)

    def _fill(
        self,
        environ: Environ,
        start_response: StartResponse,
        folder: Path,
        key: str,
        encoding: str,
        now: float,
    ) -> Iterable[bytes]:
        answer = _Answer()
        body = self.application(environ, answer.start)
        if not (environ.get(PAGE) and is_standard(answer.status, answer.headers)):
            start_response(answer.status, answer.headers)
            return body
        parts = list(body)
        if close := getattr(body, "close", None):
            close()
        content = b"".join(parts)
        if answer.is_compressed:
            content = gzip.decompress(content)
        opened = datetime.fromtimestamp(opened_at(folder.name), tz=UTC)
        holds = changes_around(datetime.fromtimestamp(now, tz=UTC), opened)
        # Also where nothing can be kept: what is over may take the room.
        pages.clean_up_behind(folder)
        pages.store(folder, key, content, now=now, holds=holds)
        if found := pages.find(str(folder), key, encoding, now):
            return _answer(environ, start_response, found, encoding)
        start_response(answer.status, answer.headers)
        return parts


class _Answer:
    """Status and headers of the site's own answer."""

    status = ""
    headers: list[tuple[str, str]] = []

    def start(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> None:
        self.status, self.headers = status, headers

    @property
    def is_compressed(self) -> bool:
        return ("Content-Encoding", "gzip") in self.headers


def _answer(
    environ: Environ, start_response: StartResponse, page: StoredPage, encoding: str
) -> list[bytes]:
    known, whole = _headers(page.etag, len(page.content), encoding)
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags and _is_known(tags, page.etag):
        start_response("304 Not Modified", list(known))
        return []
    start_response("200 OK", list(whole))
    return [page.content] if environ["REQUEST_METHOD"] == "GET" else []


@lru_cache(maxsize=32)
def _headers(etag: str, length: int, encoding: str) -> tuple[Headers, Headers]:
    """Return what is sent with 304, and what with the page."""
    known = {**standard_headers(), "Vary": "Accept-Encoding", "ETag": etag}
    whole = {**known, "Content-Type": CONTENT_TYPE, "Content-Length": str(length)}
    if encoding != "identity":
        whole["Content-Encoding"] = encoding
    return tuple(known.items()), tuple(whole.items())


def _is_known(tags: str, etag: str) -> bool:
    known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    return etag in known or "*" in known


_REFUSED = re.compile(r";\s*q\s*=\s*0(?:\.0*)?\s*(?:;|$)")


@lru_cache(maxsize=128)
def accepted_encoding(header: str) -> str:
    """Return the smallest encoding that a browser takes: br, gzip or identity."""
    given = header.lower().split(",")
    taken = [part.strip() for part in given if not _REFUSED.search(part.strip())]
    accepted = {part.partition(";")[0].strip() for part in taken}
    return next((name for name in ("br", "gzip") if name in accepted), "identity")
