"""Does again, in a database that was restored, what was done since its backup."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.db import DatabaseError, transaction
from django.db.transaction import on_commit

from core.encryption import EncryptionError
from core.persons.erasure_list import ERASED, Done, ErasureList, Known, ListDamaged
from core.persons.registry import Act, Item, PersonalData, acts, registered
from core.persons.traces import remove_traces

logger = logging.getLogger(__name__)


def note(what: str, name: str, at: datetime) -> None:
    """Put on the list what somebody has just done, once it is committed.

    Should that fail, it is done all the same, and the nightly run notes it.
    """
    _note([(what, name, at)], is_new=True)


def note_done(act: Act) -> None:
    """Put on the list what is missing there of an act, once it is committed."""
    _note([(act.code, name, at) for name, at in act.done()], is_new=False)


def _note(done: list[Done], *, is_new: bool) -> None:
    def add() -> None:
        try:
            ErasureList().add(done, is_new=is_new)
        except (OSError, EncryptionError, ListDamaged, DatabaseError) as error:
            logger.warning("Not on the erasure list yet: %s", type(error).__name__)

    on_commit(add)


def note_all() -> int:
    """Put on the list what is missing there, and return how much was.

    Raises:
        OSError, core.encryption.EncryptionError, ListDamaged: It cannot be written.
    """
    return ErasureList().add(
        (act.code, name, at) for act in acts() for name, at in act.done()
    )


class NotAllRedone(Exception):
    """Some could not be done again; all else was.

    Attributes:
        done: How much, by kind.
        failed: The kind of each that could not.
    """

    def __init__(self, done: Counter[str], failed: list[str]) -> None:
        super().__init__(f"{len(failed)} not done again")
        self.done, self.failed = done, tuple(failed)


def redo(known: Known) -> Counter[str]:
    """Erase and withdraw again what is on the list; return how much, by kind.

    Repeating it does nothing more. Outside of any transaction.

    Raises:
        NotAllRedone: Repeat it; one that fails keeps no other from being done.
    """
    done, failed = Counter[str](), list[str]()
    for code, do in _to_do(known, failed):
        try:
            with transaction.atomic():
                done[code] += do()
        except Exception as error:  # noqa: BLE001  (one must not hold up others)
            logger.warning("Not done again, %s: %s", code, type(error).__name__)
            failed.append(code)
    remove_traces()
    if failed:
        raise NotAllRedone(+done, failed)
    return +done


def _to_do(known: Known, failed: list[str]) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield what is to be done: its kind, and what does it and returns how much.

    Of each kind only what is on the list is kept in memory, and read to its end before
    anything changes.
    """
    for code, look in [
        *((kind.code, partial(_erasures, kind, known)) for kind in registered()),
        *((act.code, partial(_acts, act, known)) for act in acts()),
    ]:
        try:
            to_do = list(look())
        except Exception as error:  # noqa: BLE001  (one must not hold up others)
            logger.warning("Not looked through, %s: %s", code, type(error).__name__)
            failed.append(code)
            continue
        yield from ((code, each) for each in to_do)


def _erasures(kind: PersonalData, known: Known) -> Iterator[Callable[[], int]]:
    for item in kind.everything():
        if not item.by_hand and _is_erased(known, item):
            yield partial(kind.erase, item)


def _acts(act: Act, known: Known) -> Iterator[Callable[[], int]]:
    for name, key, since in act.undone():
        at = known.when(act.code, name)
        if at and not (since and since > at):
            yield partial(act.redo, key, at)


def _is_erased(known: Known, item: Item) -> bool:
    """Return whether its person was erased after it was made."""
    erased = [known.when(ERASED, name) for name in item.names]
    return any(at and (item.since is None or item.since <= at) for at in erased)
