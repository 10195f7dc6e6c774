"""Counts by day how often each redirect is followed.

Nobody who follows one waits for it: where another writes to the database at that
moment, the count is kept in this process until the next redirect is followed.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Lock

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from seo.redirects.models import RedirectHits

logger = logging.getLogger(__name__)

DAYS_KEPT = 400  # so that a month can be seen beside the same a year before
_MOST_WAITING = 1_000  # redirects and days; more are not kept
_PATIENCE = 50  # milliseconds until PostgreSQL gives up waiting for a row
_waiting: Counter[tuple[int, date]] = Counter()
_lock = Lock()


def count(redirect: Redirect) -> None:
    """Count that ``redirect`` was followed today, now or when the database is free."""
    with _lock:
        key = redirect.pk, timezone.localdate()
        if key in _waiting or len(_waiting) < _MOST_WAITING:
            _waiting[key] += 1
        taken = Counter(_waiting)
        _waiting.clear()
    try:
        with _without_waiting():
            _write(taken)
    except DatabaseError as error:
        logger.debug("Hits of redirects wait: %s", type(error).__name__)
        with _lock:
            _waiting.update(taken)


def forget_old_days() -> int:
    """Delete what was counted before `DAYS_KEPT`, and return of how many days."""
    until = timezone.localdate() - timedelta(days=DAYS_KEPT)
    number, _models = RedirectHits.objects.filter(day__lt=until).delete()
    return number


def _write(hits: Counter[tuple[int, date]]) -> None:
    known = Redirect.objects.filter(pk__in={pk for pk, _day in hits})
    there = set(known.values_list("pk", flat=True))
    for (pk, day), times in sorted(hits.items()):
        of_that_day = RedirectHits.objects.filter(redirect=pk, day=day)
        more = F("count") + times
        if pk in there and not of_that_day.update(count=more):
            RedirectHits.objects.bulk_create(
                [RedirectHits(redirect_id=pk, day=day)], ignore_conflicts=True
            )
            of_that_day.update(count=more)


@contextmanager
def _without_waiting() -> Iterator[None]:
    """For one transaction, be refused at once where another one writes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            before = int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                with transaction.atomic():
                    yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {before}")
            return
        with transaction.atomic():
            cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}ms'")
            yield
