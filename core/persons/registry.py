"""What each app holds about people, so that somebody can be found and forgotten.

An app registers a `PersonalData` for each kind of record, in its ``personal_data.py``.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.utils.functional import Promise

from core.persons.person import Person


@dataclass(frozen=True)
class Item:
    """One record about somebody.

    Attributes:
        key: Its primary key, as text.
        label: What staff know it by, without personal data.
        names: The names of whom it is about, to know it again after a restore.
        since: When it was made: an erasure from before does not mean it.
        url: Where the admin shows it, "" for nowhere.
        by_hand: Why it is not erased by itself, "" if it is.
    """

    key: str
    label: str
    names: frozenset[str] = frozenset()
    since: datetime | None = None
    url: str = ""
    by_hand: str = ""


class File(NamedTuple):
    """A file of an export: its name, and what gives its content piece by piece."""

    name: str
    read: Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Record:
    """What an item says, for its person: (what it is, text or texts) and files."""

    title: str
    rows: list[tuple[str, str | list[str]]]
    files: list[File] = field(default_factory=list)


class PersonalData(ABC):
    """One kind of record about people.

    Attributes:
        code: For receipts, such as ``applications``.
        name: What they are, in the plural, for staff.
        comes_last: Whether it is erased after all that is about the person alone.
    """

    code: str
    name: str | Promise
    comes_last = False

    @abstractmethod
    def find(self, person: Person) -> Iterable[Item]:
        """Return what there is about ``person``."""

    def everything(self) -> Iterator[Item]:
        """Yield all there is, with names, to erase anew after a restore."""
        yield from ()

    def widen(self, person: Person) -> Person:
        """Return ``person`` with what these records say of how else to find them."""
        return person

    @abstractmethod
    def export(self, item: Item) -> Record:
        """Return what ``item`` says.

        Raises:
            core.encryption.EncryptionError: It cannot be read.
        """

    @abstractmethod
    def erase(self, item: Item) -> bool:
        """Erase ``item`` with its files; return whether it was there.

        In the caller's transaction. Files go before rows, so that one who repeats what
        was killed finds the row again.
        """


class Act(ABC):
    """Something people may do that a restore must not undo, such as a withdrawal.

    Attributes:
        code: For the erasure list, such as ``newsletter.ended``.
    """

    code: str

    @abstractmethod
    def done(self) -> Iterator[tuple[str, datetime]]:
        """Yield what was done: the name of the record, and when."""

    @abstractmethod
    def undone(self) -> Iterator[tuple[str, Any, datetime | None]]:
        """Yield where it is not done: name, key, and since when it is so.

        Keys alone, row by row: there may be more records than memory holds.
        """

    @abstractmethod
    def redo(self, key: Any, at: datetime) -> int:
        """Do it again, as it was done at that time; return how often it was done."""


class Sealed(NamedTuple):
    """A file that only an app can open, for the proof that nothing is left."""

    place: str
    read: Callable[[], Iterator[bytes]]


_kinds: dict[str, PersonalData] = {}
_sealed: list[Callable[[], Iterator[Sealed]]] = []
_acts: dict[str, Act] = {}


def register(kind: PersonalData) -> None:
    """Register what an app holds."""
    _kinds[kind.code] = kind


def register_act(act: Act) -> None:
    _acts[act.code] = act


def register_sealed(files: Callable[[], Iterator[Sealed]]) -> None:
    """Register what yields files that an app keeps encrypted."""
    _sealed.append(files)


def sealed() -> Iterator[Sealed]:
    for files in _sealed:
        yield from files()


def registered() -> list[PersonalData]:
    return sorted(_kinds.values(), key=lambda kind: kind.comes_last)


def kind_of(code: str) -> PersonalData | None:
    return _kinds.get(code)


def acts() -> list[Act]:
    return list(_acts.values())


def widened(person: Person) -> Person:
    """Return ``person`` with every name that records know them by."""
    for kind in registered():
        person = kind.widen(person)
    return person


def row_of(model: type[models.Model], item: Item) -> Any:
    """Return the row of an item, locked; None when it is gone."""
    rows = model._base_manager.select_for_update().filter(pk=item.key)
    return rows.first()
