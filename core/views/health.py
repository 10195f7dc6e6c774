"""Tells an operator's tools whether this process lives, and whether it can answer."""

from http import HTTPStatus

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Site


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process answers at all; asks nothing else."""
    return _said(HTTPStatus.OK, "this process lives")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 where pages can be made, 503 while the database is not there for it.

    An empty one is not: SQLite makes one where the disk with its file is not mounted.

    Without the cache pages come slower, and nobody signs in: that is said, and is no
    reason to send visitors elsewhere.
    """
    from core.cache import cache_answers  # with it comes Redis's client

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return _said(HTTPStatus.SERVICE_UNAVAILABLE, "the database does not answer")
    try:
        Site.objects.exists()
    except (DatabaseError, InterfaceError):
        return _said(HTTPStatus.SERVICE_UNAVAILABLE, "the database has no tables")
    if not cache_answers():
        return _said(HTTPStatus.OK, "ready; the cache does not answer")
    return _said(HTTPStatus.OK, "ready")


def _said(status: HTTPStatus, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", content_type="text/plain", status=status)
