"""Carries out an import plan: all of it or nothing."""

from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.search.backends import get_search_backends

from core.importing.changed import Changed
from core.records.catching_up import catch_up
from core.records.changing import log_change, values_of
from evidence.bibliography.tasks import fill_blank
from evidence.importing.plan import changes, plan_again
from evidence.importing.printed import MayChange
from evidence.importing.rows import Action, Row
from evidence.importing.tasks import complete_later
from evidence.library.locks import wait_for_turn
from evidence.library.printed import printed_among
from evidence.models import TO_BE_COMPLETED, Reference

# Records that are written together; between two of these the import can be cancelled.
CHUNK = 250


def carry_out(
    rows: Sequence[Row],
    *,
    left_out: Collection[int] = (),
    overwritten: Collection[int] = (),
    user: Any = None,
    may_change: MayChange = True,
) -> Generator[tuple[int, int], None, dict[str, int]]:
    """Store the ticked rows in one transaction, and yield (done, total).

    Closing the generator before it has ended, as the server does when the browser has
    gone, rolls everything back.

    Args:
        rows: The plan, as it was agreed to.
        left_out: The numbers of the rows that are not ticked.
        overwritten: The numbers of those whose differences are taken, too.
        user: Who does it; None at the command line.
        may_change: Whether references in the library may be changed.

    Returns:
        How many records ended how, by `Action` and "left_out".

    Raises:
        Changed: Somebody has changed the library since; nothing was stored.
    """
    left_out, overwritten = set(left_out), set(overwritten)
    wanted = {row.number for row in rows if row.decides} - left_out
    result = Counter[str]()
    try:
        with transaction.atomic():
            wait_for_turn()
            _hold(row.target for row in rows if row.number in wanted)
            _look_again(rows, wanted, may_change)
            todo = [row for row in rows if row.number in wanted]
            # Not before: it takes long, and others wait for this transaction.
            transaction.on_commit(fill_blank.enqueue)
            action, done = uuid4(), 0
            yield done, len(todo)
            for chunk in _chunks(todo):
                for kind, stored in (
                    ("wagtail.create", _create(chunk)),
                    ("wagtail.edit", _update(chunk, overwritten, user)),
                ):
                    _log(kind, stored, user, action)
                    _index(stored)
                    result[kind] += len(stored)
                done += len(chunk)
                yield done, len(todo)
    except IntegrityError:
        # Stored by somebody else between our look and our writing.
        fresh = plan_again(rows, may_change=may_change)
        raise Changed(fresh, _different(rows, fresh, wanted)) from None
    refused = sum(row.action == Action.REFUSE for row in rows)
    created, updated = result["wagtail.create"], result["wagtail.edit"]
    out = sum(row.decides and row.number in left_out for row in rows)
    return {
        Action.CREATE: created,
        Action.UPDATE: updated,
        Action.MATCH: len(rows) - created - updated - refused - out,
        Action.REFUSE: refused,
        "left_out": out,
    }


def _hold(pks: Iterable[int | None]) -> None:
    """Lock the references that are about to be changed."""
    held = Reference.objects.filter(pk__in={pk for pk in pks if pk}).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk"))


def _look_again(rows: Sequence[Row], wanted: set[int], may_change: MayChange) -> None:
    fresh = plan_again(rows, may_change=may_change)
    if count := _different(rows, fresh, wanted):
        raise Changed(fresh, count)


def _different(old: Iterable[Row], new: Iterable[Row], wanted: set[int]) -> int:
    return sum(
        was.decision != now.decision
        for was, now in zip(old, new, strict=True)
        if was.number in wanted
    )


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _create(rows: Iterable[Row]) -> list[Reference]:
    new = [Reference(**row.fields) for row in rows if row.action == Action.CREATE]
    for reference in new:
        reference.normalise()
    created: list[Reference] = Reference.objects.bulk_create(new)
    incomplete = [r.pk for r in created if r.title.startswith(TO_BE_COMPLETED)]
    if incomplete:
        transaction.on_commit(partial(complete_later, incomplete))
    return created


def _update(rows: Iterable[Row], overwritten: set[int], user: Any) -> list[Reference]:
    changed = {}
    for row in rows:
        if row.target is not None:
            new = changes(row, overwrite=row.number in overwritten)
            if new:
                changed[row.target] = new
    if not changed:
        return []
    references = Reference.objects.in_bulk(changed)
    catch_up()
    printed = printed_among(changed)
    before = {pk: values_of(references[pk], changed[pk]) for pk in printed}
    for pk, new in changed.items():
        for name, value in new.items():
            setattr(references[pk], name, value)
        references[pk].normalise()
        references[pk].entries = None
    names = {name for new in changed.values() for name in new}
    names |= {"title_key", "entries"}
    Reference.objects.bulk_update(references.values(), sorted(names))
    for pk, said in before.items():
        reference = references[pk]
        log_change(reference, said, values_of(reference, said), printed[pk], user)
    return list(references.values())


# What Wagtail does for each object that is saved, done for many at once.


def _log(action: str, references: Sequence[Reference], user: Any, uuid: Any) -> None:
    if not references:
        return
    model = registry.get_log_model_for_instance(references[0])
    content_type = ContentType.objects.get_for_model(Reference)
    now = timezone.now()
    model.objects.bulk_create(
        model(
            content_type=content_type,
            object_id=str(reference.pk),
            label=model.objects.get_instance_title(reference),
            action=action,
            content_changed=True,
            timestamp=now,
            user=user,
            uuid=uuid,
            data={},
        )
        for reference in references
    )


def _index(references: Sequence[Reference]) -> None:
    if references:
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(Reference, references)
