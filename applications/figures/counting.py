"""Counts what happens to a form by day, and never at the cost of an answer.

What was counted for a draft is marked in what was typed, so that going back and forth
counts once; the mark lies where the answers lie, encrypted, and goes with them.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import Error, connection, transaction
from django.utils import timezone

from applications.models.counts import FormCount

logger = logging.getLogger(__name__)

# What happened, and the id of the step or exit with which it did, or "".
Event = tuple[str, str]
KEPT = timedelta(days=2 * 365)


def mark(event: Event) -> str:
    """Return the key among what was typed; no question's id begins so."""
    kind, step = event
    return f"#{kind}{step[:8]}"


def uncounted(typed: Mapping[str, object], events: Iterable[Event]) -> list[Event]:
    """Return those that are not marked in ``typed`` as counted."""
    return [event for event in events if mark(event) not in typed]


def count(form_pk: int, *events: Event) -> None:
    """Count each of several different events of a form once more, in one statement.

    What cannot be counted is logged, and stops nothing.
    """
    if not events:
        return
    day = timezone.localdate()
    # In one order: two statements that each wait for the other would both fail.
    rows = [(form_pk, day, step, kind) for kind, step in sorted(events)]
    table = connection.ops.quote_name(FormCount._meta.db_table)
    statement = (
        f"INSERT INTO {table} (form_id, day, step, kind, count) "  # noqa: S608
        f"VALUES {', '.join(['(%s, %s, %s, %s, 1)'] * len(rows))} "
        "ON CONFLICT (form_id, day, step, kind) "
        f"DO UPDATE SET count = {table}.count + 1"
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [value for row in rows for value in row])
    except Error:
        logger.exception("A form's figures were not counted")


def delete_old() -> int:
    """Delete figures that are older than `KEPT`; return how many."""
    oldest = timezone.localdate() - KEPT
    deleted, _ = FormCount.objects.filter(day__lt=oldest).delete()
    return deleted
