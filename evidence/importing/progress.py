"""The page that is sent while an import is carried out (`core.importing.progress`).

One transaction holds it all. Who presses Cancel, or closes the browser, breaks the
connection, and the transaction is rolled back. Whoever is told that it was cancelled
has waited for that (`CancelView`).
"""

from collections.abc import Iterator
from typing import Any

from django.db import OperationalError, transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse

from core.importing.progress import BUSY, line, onward, streamed
from evidence.importing.carrying_out import Changed, carry_out
from evidence.importing.models import ReferenceImport
from evidence.importing.plan import Action, Row


def progress_page(
    request: HttpRequest, waiting: ReferenceImport, *, may_change: bool
) -> StreamingHttpResponse:
    """Return an answer that imports what is ticked while it is sent."""
    list_url = reverse("reference_import")
    context = {
        "waiting": waiting,
        "header_title": "Import references",
        "page_title": "Import references",
        "header_icon": "openquote",
        "breadcrumbs_items": [{"url": list_url, "label": "Import references"}],
    }
    template = "evidence/importing/progress.html"
    lines = _stream(waiting, request.user, may_change)
    return streamed(request, template, context, lines)


def _stream(waiting: ReferenceImport, user: Any, may_change: bool) -> Iterator[str]:
    try:
        yield from _import(waiting.pk, user, may_change)
    except Changed as changed:
        waiting.tell(
            f"The library has changed since you looked: {changed.count} of the rows "
            "below are different now. Nothing was stored. Look again, and import.",
            rows=[row.as_json() for row in changed.rows],
        )
    except OperationalError:
        waiting.tell(BUSY)
    yield onward(reverse("reference_import_preview", args=[waiting.pk]))


def _import(pk: Any, user: Any, may_change: bool) -> Iterator[str]:
    with transaction.atomic():
        # A second press of the button waits here for the first.
        waiting = ReferenceImport.objects.select_for_update().filter(pk=pk).first()
        if waiting is None or waiting.result is not None:
            return
        rows = [Row.from_json(stored) for stored in waiting.rows]
        work = carry_out(
            rows,
            left_out=waiting.left_out,
            overwritten=waiting.overwritten,
            user=user,
            may_change=may_change,
        )
        done = total = 0
        try:
            while True:
                done, total = next(work)
                yield line(done, total)
        except StopIteration as end:
            waiting.result = end.value
        finally:
            work.close()
        waiting.rows = [row.as_json() for row in rows if row.action == Action.REFUSE]
        waiting.notice = ""
        waiting.save()
        # The first line after the browser has gone is still taken; this one is not.
        yield line(done, total)
