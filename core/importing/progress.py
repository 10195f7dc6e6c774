"""A page that is sent while the work that it tells of is done.

The work is done by the very answer to the confirming request: a line for each step, and
the end of the page after it. So progress needs no script and no second process. Who
closes the browser breaks the connection; the server then closes the generator, and with
it the transaction that the work stands in.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html

BUSY = (
    "Somebody else is writing to the site. Nothing was stored. Wait a moment and press "
    "Import again."
)
# Where the template leaves room for the lines.
ROOM = "<!-- progress -->"


def streamed(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    lines: Iterator[str],
) -> StreamingHttpResponse:
    """Return a page in whose room ``lines`` are printed as they come."""
    page = render_to_string(template, context, request)
    head, _, tail = page.partition(ROOM)
    return StreamingHttpResponse(
        _between(head, lines, tail),
        # No front server may wait for the end of the page.
        headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"},
    )


def _between(head: str, lines: Iterator[str], tail: str) -> Iterator[str]:
    yield head
    yield from lines
    yield tail


def line(done: int, total: int) -> str:
    """Return a line; the style sheet shows the last one only."""
    return format_html(
        '<p class="import-progress">'
        '<progress value="{}" max="{}"></progress> {} of {}</p>\n',
        done,
        total or 1,
        f"{done:,}",
        f"{total:,}",
    )


def onward(url: str) -> str:
    """Return what leads to the page that tells what was done."""
    return format_html(
        '<p><a class="button" href="{}">See what was done</a></p>'
        '<meta http-equiv="refresh" content="0; url={}">',
        url,
        url,
    )
