"""The page that is sent while articles are imported (`core.importing.progress`)."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.db import OperationalError, transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse

from articles.importing.carrying_out import Changed, carry_out
from articles.importing.models import ArticleImport
from articles.importing.plan import Row
from core.importing.progress import BUSY, line, onward, streamed


def progress_page(
    request: HttpRequest, waiting: ArticleImport, context: dict[str, Any]
) -> StreamingHttpResponse:
    """Return an answer that imports what is ticked while it is sent."""
    template = "articles/importing/progress.html"
    return streamed(request, template, context, _stream(waiting, request.user))


def _stream(waiting: ArticleImport, user: Any) -> Iterator[str]:
    try:
        yield from _import(waiting.pk, user)
    except Changed as changed:
        waiting.tell(
            f"The site has changed since you looked: {changed.count} of the articles "
            "below are different now. Nothing was stored. Look again, and import.",
            rows=[row.as_json() for row in changed.rows],
        )
    except OperationalError:
        waiting.tell(BUSY)
    yield onward(reverse("article_import_preview", args=[waiting.pk]))


def _import(pk: Any, user: Any) -> Iterator[str]:
    with transaction.atomic():
        # A second press of the button waits here for the first.
        waiting = ArticleImport.objects.select_for_update().filter(pk=pk).first()
        if waiting is None or waiting.result is not None:
            return
        rows = [Row.from_json(stored) for stored in waiting.rows]
        work = carry_out(
            waiting.sources,
            rows,
            waiting.index,
            left_out=waiting.left_out,
            user=user,
            makes_references=waiting.makes_references,
        )
        try:
            while True:
                yield line(*next(work))
        except StopIteration as end:
            waiting.result = asdict(end.value)
        finally:
            work.close()
        # What was handed in is not needed any more; what to look at still is.
        for row in rows:
            row.fields = {"title": row.title}
        waiting.rows = [row.as_json() for row in rows]
        waiting.notice = ""
        waiting.save()
        waiting.files.all().delete()
