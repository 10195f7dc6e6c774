"""Answers with uploaded files, whole or in part.

The view here is for public ones, on a site without a server in front; private ones are
handed out by `core.media.handing_out`.
"""

import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage, default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import condition, require_safe
from whitenoise.responders import SlicedFile

# What a browser may show; everything else is offered for download. Named here, since
# Python's own list depends on the machine.
SHOWN = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt; charset=utf-8",
}
# A shared cache forgets within a minute what was taken out of the public store.
PUBLIC_CACHE_CONTROL = "public, max-age=31536000, s-maxage=60"
_DOCUMENTS = "documents"  # the folder in which Wagtail stores them
_RANGE = re.compile(r"bytes=([0-9]{0,19})-([0-9]{0,19})", re.IGNORECASE)
# Opened by its own address, a file runs nothing and loads nothing but itself, which a
# film does once more ("allow-same-origin").
MEDIA_CSP = (
    "default-src 'none'; img-src 'self'; media-src 'self'; sandbox allow-same-origin"
)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded file, whole or in part, for a site without a server in front.

    Only where ``settings.SERVE_MEDIA`` is on; nginx or object storage do it better.
    Documents are not among them: their collection may be private, which only Wagtail's
    own view asks.
    """
    file = Path(default_storage.path(path))
    is_document = file.is_relative_to(default_storage.path(_DOCUMENTS))
    if is_document or not (default_storage.exists(path) and file.is_file()):
        raise Http404("There is no such file.")
    return with_headers(
        answer(request, default_storage, path),
        file.name,
        PUBLIC_CACHE_CONTROL,
    )


def with_headers(
    response: HttpResponseBase, name: str, cache_control: str
) -> HttpResponseBase:
    """Add to ``response`` what browsers must know of a file called ``name``."""
    media_type = SHOWN.get(Path(name).suffix.lower())
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": cache_control,
        "Content-Disposition": content_disposition_header(not media_type, name)
        or "inline",
        "Content-Security-Policy": MEDIA_CSP,
        "Content-Type": media_type or "application/octet-stream",
        "X-Content-Type-Options": "nosniff",
    }
    for header, value in headers.items():
        response.headers[header] = value
    if response.status_code == HTTPStatus.NOT_MODIFIED:  # which has no content
        del response.headers["Content-Type"]
    return response


def answer(request: HttpRequest, store: Storage, name: str) -> HttpResponseBase:
    """Answer a conditional request, or one for a part, with a file of ``store``.

    Raises:
        Http404: There is no such file, or no longer.
    """
    try:
        size, modified = store.size(name), store.get_modified_time(name)
        return _answer(request, lambda: store.open(name), size, modified)
    except FileNotFoundError as error:
        raise Http404("There is no such file.") from error


def _answer(
    request: HttpRequest, opened: Callable[[], Any], size: int, modified: datetime
) -> HttpResponseBase:
    time = modified.timestamp()
    etag = f'"{int(time * 1_000_000):x}-{size:x}"'

    @condition(lambda *_: etag, lambda *_: modified)
    def content(request: HttpRequest) -> HttpResponseBase:
        asked = request.headers.get("Range", "") if request.method == "GET" else ""
        # To a browser that has begun with another file, a part is of no use.
        is_same = request.headers.get("If-Range", etag) in (etag, http_date(time))
        return _content(opened(), size, asked if is_same else "")

    return content(request)


def _content(file: Any, size: int, asked: str) -> HttpResponseBase:
    """Return a file, or the part of it that a Range header asks for.

    Headers that are malformed or name several parts get the whole file, as RFC 9110
    allows. WhiteNoise, which serves parts of static files, heeds no If-Range and
    refuses a part of a single byte; only its reader of a part is used here.
    """
    match = _RANGE.fullmatch(asked)
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return FileResponse(file)
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = FileResponse(SlicedFile(file, start, end), status=206)
    response.headers["Content-Length"] = str(end - start + 1)
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response
