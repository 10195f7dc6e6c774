"""The addresses of the sitemap and its parts."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.paginator import InvalidPage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe
from wagtail.models import Site

from seo import readers
from seo.sitemaps import parts, writing
from seo.sitemaps.entries import entries

_IN_MEMORY = 256 * 1024  # bytes; what is longer is written to a temporary file
_XML = "application/xml"


@require_safe
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponseBase:
    """Answer with the sitemap, a section of it, or an index when it is too long."""
    site = Site.find_for_request(request)
    number = request.GET.get("p", "1")
    if section is None:
        if number != "1":
            raise Http404("The sitemap has no such part.")
        return _answer(request, _whole(request, site))
    pages = parts.sections(site).get(section) if site else None
    if not (site and pages is not None and (parted := parts.paginator(pages)).count):
        raise Http404("There is no such section of the sitemap.")
    try:
        part = parted.page(number)
    except InvalidPage as error:
        raise Http404("The section has no such part.") from error
    listed = entries(part.object_list, request)
    return _answer(request, writing.urlset(listed, site.root_url))


def _whole(request: HttpRequest, site: Site | None) -> Iterator[str]:
    if site is None:
        return writing.urlset([], "")
    if parts.listed(site).count() > parts.ENTRIES_PER_FILE:
        return writing.index(_addresses(site))
    of_all = parts.sections(site).values()
    listed = chain.from_iterable(entries(pages, request) for pages in of_all)
    return writing.urlset(listed, site.root_url)


def _addresses(site: Site) -> Iterator[tuple[str, Any]]:
    """Yield the parts at the site's own address, whatever the request's host."""
    for part in parts.parts(site):
        path = reverse("seo:sitemap_section", args=[part.section])
        query = f"?p={part.number}" if part.number > 1 else ""
        yield f"{site.root_url}{path}{query}", part.changed_at


def _answer(request: HttpRequest, pieces: Iterable[str]) -> HttpResponseBase:
    """Write it all down before the first byte is sent.

    So that an error is an answer of its own and no sitemap that breaks off, and nothing
    is asked of the database while somebody reads slowly. Whoever has it already is told
    so, by its content or by the time since when nothing has changed on the site: a page
    that is gone leaves no date behind.
    """
    since = readers.unchanged_since()
    changed = int(since.timestamp()) if since else None
    if known := get_conditional_response(request, last_modified=changed):
        return known
    file, etag = _written(pieces)
    response: Any
    if (length := file.tell()) > _IN_MEMORY:
        file.seek(0)
        response = FileResponse(file, content_type=_XML)
        response.headers["Content-Length"] = str(length)
    else:
        with file:
            file.seek(0)
            response = HttpResponse(file.read(), content_type=_XML)
    response.headers["ETag"] = etag
    response.headers["X-Robots-Tag"] = "noindex"  # as Django's own
    if since:
        response.headers["Last-Modified"] = http_date(since.timestamp())
    return get_conditional_response(request, etag, changed, response) or response


def _written(pieces: Iterable[str]) -> tuple[IO[bytes], str]:
    """Return a file that stands at its end, and the tag of what is in it."""
    digest = hashlib.blake2b(digest_size=16)
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the answer closes it
    try:
        for piece in pieces:
            content = piece.encode()
            digest.update(content)
            file.write(content)
    except BaseException:
        file.close()
        raise
    return file, quote_etag(digest.hexdigest())
