"""Erases somebody, item by item; whatever stops it, repeating it finishes it."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models.person_requests import PersonLogEntry, PersonRequest
from core.persons.erasure_list import ERASED, ErasureList
from core.persons.person import Person
from core.persons.registry import Item, PersonalData, registered, widened
from core.persons.traces import remove_traces

FOUND = "core.person.found"
EXPORTED = "core.person.exported"
ASKED = "core.person.asked"
DONE = "core.person.erased"


@transaction.atomic
def open_request(person: Person, reason: str, user: Any) -> PersonRequest:
    """Record that somebody is looked for, and return the request.

    Raises:
        core.encryption.KeysUnusableError: Nothing was recorded, so nothing is shown.
    """
    request = PersonRequest.objects.create(
        person=widened(person).as_text(), reason=reason, opened_by=user
    )
    log(request, FOUND, user)
    return request


def log(request: PersonRequest, action: str, user: Any, **data: Any) -> None:
    PersonLogEntry.objects.log_action(
        request, action, user=user, title=request.number, data=data
    )


def person_of(request: PersonRequest) -> Person | None:
    """Return whom a request is about, None once that is forgotten."""
    return Person.from_text(str(request.person)) if request.person else None


def found(
    person: Person, request: PersonRequest | None = None
) -> list[tuple[PersonalData, list[Item]]]:
    """Return what there is about somebody, by kind; kinds without any are left out.

    Args:
        person: Who.
        request: By which they are looked for, which itself is nothing that was found.
    """
    own = str(request.pk) if request else ""
    every = (
        (kind, [item for item in kind.find(person) if item.key != own])
        for kind in registered()
    )
    return [(kind, items) for kind, items in every if items]


@transaction.atomic
def ask_for_erasure(request: PersonRequest, user: Any) -> bool:
    """Record that a person is to be erased; return whether nobody had asked before."""
    locked = PersonRequest.objects.select_for_update().get(pk=request.pk)
    if locked.erasure_asked_at is not None or not locked.person:
        return False
    locked.erasure_asked_at = timezone.now()
    locked.save(update_fields=["erasure_asked_at"])
    log(locked, ASKED, user)
    return True


def carry_out(request: PersonRequest) -> PersonRequest:
    """Erase the person of a request that asks for it, and return the receipt.

    It stays open while something is left that somebody has to see to, and whoever
    repeats this, such as the nightly run, finishes it once nothing is.

    Nothing is done for one that is finished, or that nobody has confirmed. Outside of
    any transaction: each item is erased in one of its own.

    Raises:
        Exception: What a store or the database raises; what was erased stays so.
    """
    request.refresh_from_db()
    person = person_of(request)
    if not request.is_running or person is None:
        return request
    asked = request.erasure_asked_at
    assert asked  # noqa: S101
    # First: whatever is lost from now on, a backup does not bring anybody back.
    ErasureList().add((ERASED, name, asked) for name in sorted(person.names))
    left, is_erased = 0, False
    for kind in registered():
        for item in list(kind.find(person)):
            if item.by_hand:
                left += 1
            else:
                is_erased |= _erase(request, kind, item)
    # Not each night anew, as long as hands are waited for.
    if is_erased or not (left and request.waits_for_hands):
        remove_traces()
    return _wait(request, left) if left else _finish(request)


@transaction.atomic
def _erase(request: PersonRequest, kind: PersonalData, item: Item) -> bool:
    # Counted with it, so that who repeats this counts nothing twice.
    receipt = PersonRequest.objects.select_for_update().get(pk=request.pk)
    if not kind.erase(item):
        return False
    receipt.counts = dict(Counter(receipt.counts) + Counter({kind.code: 1}))
    receipt.save(update_fields=["counts"])
    return True


@transaction.atomic
def _wait(request: PersonRequest, left: int) -> PersonRequest:
    receipt = PersonRequest.objects.select_for_update().get(pk=request.pk)
    receipt.left_by_hand = left
    receipt.save(update_fields=["left_by_hand"])
    return receipt


@transaction.atomic
def _finish(request: PersonRequest) -> PersonRequest:
    receipt = PersonRequest.objects.select_for_update().get(pk=request.pk)
    if receipt.finished_at is None:
        receipt.forget()
        receipt.finished_at, receipt.left_by_hand = timezone.now(), 0
        receipt.save(update_fields=["finished_at", "left_by_hand"])
        log(receipt, DONE, receipt.opened_by, **receipt.counts)
    return receipt
