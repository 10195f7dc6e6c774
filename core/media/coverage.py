"""Whether a picture or film that shows people may be shown, asked each time.

`core` knows no people. Who keeps their consents registers a `Keeper`, and is asked for
every record that is marked as showing people; without one, none of them is shown.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import Flag, auto
from typing import Any, Protocol

from django.db.models import Model, Q, QuerySet, Value

from delivery.calendar import period
from delivery.once import once_per_generation


class Purpose(Flag):
    """What a picture or film is shown for."""

    PAGE = auto()  # on any page of the site
    PROFILE = auto()  # the own published profile of whom it shows
    ANY = PAGE | PROFILE


class Keeper(Protocol):
    """Knows whom pictures and films show, and what those people allow.

    Attributes:
        permission: What somebody needs to take back what was said.
    """

    permission: str

    def covered(self, model: type[Model], purpose: Purpose) -> Q:
        """Return a filter for the records that everybody whom they show allows."""

    def people(self) -> QuerySet[Any]:
        """Return the people who can be chosen."""

    def shown_by(self, record: Any) -> Collection[int]:
        """Return the primary keys of the people whom ``record`` shows."""

    def store(self, record: Any, people: Collection[int]) -> None:
        """Store that ``record`` shows exactly these people."""


_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Register the one who knows whom pictures and films show."""
    _keepers[:] = [keeper]


def keeper() -> Keeper | None:
    return _keepers[0] if _keepers else None


def covered(record: Any, purpose: Purpose = Purpose.ANY) -> bool:
    """Return whether ``record``, a picture or film, may be shown now.

    One query where it shows people, else none.
    """
    if not record.shows_people:
        return True
    found = type(record)._default_manager.filter(pk=record.pk)
    return bool(found.filter(is_covered(type(record), purpose)).exists())


def is_covered(model: type[Model], purpose: Purpose = Purpose.ANY) -> Q:
    """Return a filter for the records of ``model`` that may be shown now."""
    known = keeper()
    by_consent = known.covered(model, purpose) if known else Q(Value(False))
    return ~Q(shows="people") | by_consent


def only_covered(records: Iterable[Any]) -> list[Any]:
    """Return those of ``records`` that may be shown now.

    Like `is_covered`, for records at hand; nothing is asked where none shows people.
    """
    now = period()
    return [
        record
        for record in records
        if not record.shows_people or record.pk in _covered_in(now, type(record))
    ]


@once_per_generation
def _covered_in(_period: datetime | None, model: type[Model]) -> frozenset[int]:
    """Return the primary keys of the records that show people, and may be shown."""
    of_people = model._default_manager.filter(shows="people")
    covered_now = of_people.filter(is_covered(model))
    return frozenset(covered_now.values_list("pk", flat=True))
