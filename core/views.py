"""Answers that belong to no page."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import render
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.csrf import csrf_failure as stock_csrf_failure
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Page, Site

# Types that a browser may show; everything else is offered for download.
_SHOWN = re.compile(r"\.(avif|gif|jpe?g|png|webp|mp4|webm|vtt)$", re.IGNORECASE)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give a page the chance to show what was typed again, with a new token.

    A page type that takes posts defines ``serve_expired(request)``. What decides who
    may see the page is asked first, as when it is served.
    """
    page = _page_at(request)
    if hasattr(page, "serve_expired"):
        chain = _serve_expired
        for wrap in reversed(hooks.get_hooks("on_serve_page")):
            chain = wrap(chain)
        return chain(page, request, [], {})
    response: HttpResponse = stock_csrf_failure(
        request, reason=reason, template_name="403_csrf.html"
    )
    return response


def _serve_expired(
    page: Any, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponse:
    response: HttpResponse = page.serve_expired(request)
    return response


def _page_at(request: HttpRequest) -> Any:
    site = Site.find_for_request(request)
    if site is None:
        return None
    parts = [part for part in request.path.split("/") if part]
    try:
        page: Page = site.root_page.specific.route(request, parts).page
    except Http404:
        return None
    return page.specific


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an uploaded file with byte ranges, for a site without a server in front.

    Only where ``settings.SERVE_MEDIA`` is on; nginx or object storage do it better.
    """
    file = Path(safe_join(settings.MEDIA_ROOT, path))
    if not file.is_file():
        raise Http404("There is no such file.")
    size, modified = file.stat().st_size, file.stat().st_mtime
    stream = file.open("rb")
    response = FileResponse(stream, as_attachment=not _SHOWN.search(file.name))
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Last-Modified"] = http_date(modified)
    response.headers["X-Content-Type-Options"] = "nosniff"
    # A shared cache forgets within a minute what consent has taken away.
    response.headers["Cache-Control"] = "public, max-age=3600, s-maxage=60"
    asked = _RANGE.match(request.headers.get("Range", ""))
    if not asked or not any(asked.groups()):
        return response
    first, last = asked.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    stream.seek(start)
    body = stream.read(min(end - start + 1, 4 * 1024 * 1024))
    response.close()
    partial = HttpResponse(
        body, status=206, content_type=response.headers["Content-Type"]
    )
    for name in ("Accept-Ranges", "Last-Modified", "X-Content-Type-Options"):
        partial.headers[name] = response.headers[name]
    partial.headers["Content-Range"] = f"bytes {start}-{start + len(body) - 1}/{size}"
    return partial


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what was too large or malformed with a page that says what to do."""
    too_many = isinstance(exception, TooManyFilesSent)
    most = settings.DATA_UPLOAD_MAX_NUMBER_FILES if too_many else None
    return render(request, "400.html", {"most_files": most}, status=400)
