"""A progress page, streamed while an import runs.

The work is done by the answer to the confirming request itself: a line for each step,
and the end of the page after it. So progress needs no script and no second process. Who
closes the browser breaks the connection; the server then closes the generator, and with
it the transaction that holds the work.
"""

from collections.abc import Callable, Generator, Iterator
from typing import Any

from django.db import OperationalError, transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.importing.changed import Changed
from core.importing.models import WaitingImport

# Where the template leaves room for the lines.
ROOM = "<!-- progress -->"

# Yields how many of how many are done; returns what became of the import.
Work = Generator[tuple[int, int], None, Any]


def carried_out(
    waiting: WaitingImport,
    preview_url: str,
    carry_out: Callable[[Any, list[Any]], Work],
    finish: Callable[[Any, list[Any], Any], None],
) -> Iterator[str]:
    """Yield the page's lines while an import runs in one transaction.

    Args:
        waiting: The import.
        preview_url: Where it says what was done, or why nothing was.
        carry_out: Does the work; given the import and the rows of its plan.
        finish: Keeps what is still needed; given the import, its rows and the result.
    """
    try:
        yield from _import(waiting, carry_out, finish)
    except Changed as changed:
        waiting.tell(
            ngettext(
                "The site has changed since this preview was made: %(count)d row below "
                "is different now. Nothing was stored. Check it and import again.",
                "The site has changed since this preview was made: %(count)d rows "
                "below are different now. Nothing was stored. Check them and import "
                "again.",
                changed.count,
            )
            % {"count": changed.count},
            rows=[row.as_json() for row in changed.rows],
        )
    except OperationalError:
        waiting.tell(
            _(
                "Somebody else is writing to the site. Nothing was stored. Wait a "
                "moment, then press Import again."
            )
        )
    yield _onward(preview_url)


def _import(
    waiting: WaitingImport,
    carry_out: Callable[[Any, list[Any]], Work],
    finish: Callable[[Any, list[Any], Any], None],
) -> Iterator[str]:
    imports: Any = type(waiting)._default_manager
    with transaction.atomic():
        # A second press of the button waits here for the first.
        held = imports.select_for_update().filter(pk=waiting.pk).first()
        if held is None or held.result is not None:
            return
        rows = held.plan()
        work = carry_out(held, rows)
        done = total = 0
        try:
            while True:
                done, total = next(work)
                yield line(done, total)
        except StopIteration as end:
            finish(held, rows, end.value)
        finally:
            work.close()
        held.notice = ""
        held.save()
        # The first line after the browser has gone is still taken; this one is not.
        yield line(done, total)


def streamed(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    lines: Iterator[str],
) -> StreamingHttpResponse:
    """Return a page that prints ``lines`` as they come."""
    page = render_to_string(template, context, request)
    head, _room, tail = page.partition(ROOM)
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
    """Return a line of progress; the style sheet shows only the last one."""
    said = _("%(done)s of %(total)s") % {"done": f"{done:,}", "total": f"{total:,}"}
    return format_html(
        '<p class="import-progress"><progress value="{}" max="{}"></progress> {}</p>\n',
        done,
        total or 1,
        said,
    )


def _onward(url: str) -> str:
    return format_html(
        '<p><a class="button" href="{}">{}</a></p>'
        '<meta http-equiv="refresh" content="0; url={}">',
        url,
        _("See what was done"),
        url,
    )
