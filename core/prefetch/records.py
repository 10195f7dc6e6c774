"""The prefetched records of a page, for blocks and templates."""

import copy
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from wagtail.images.models import AbstractImage
from wagtail.models import Page


class Records:
    """Records by model and primary key; None stands for one that is gone."""

    def __init__(self) -> None:
        self._by_model: defaultdict[type[Model], dict[int, Any]] = defaultdict(dict)

    def add(
        self, model: type[Model], asked: Collection[int], found: dict[int, Any]
    ) -> None:
        """Add the records found for the wanted primary keys."""
        self._by_model[model] |= {pk: found.get(pk) for pk in asked}

    def get(self, model: type[Model], pk: Any) -> Any:
        """Return the record, None when it is gone or was not fetched."""
        return self._by_model[model].get(pk)

    def has(self, model: type[Model], pks: Iterable[Any]) -> bool:
        """Return whether all of ``pks`` were fetched."""
        return self._by_model[model].keys() >= set(pks)


# Wagtail passes nothing from a page to the choosers in its streams, nor to the handlers
# of links in its texts, so they find the page's records here.
_given_out: ContextVar[Records | None] = ContextVar("given_out", default=None)


@contextmanager
def given_out(records: Records | None) -> Iterator[None]:
    """Give ``records`` to the choosers and texts read within."""
    token = _given_out.set(records)
    try:
        yield
    finally:
        _given_out.reset(token)


def chosen(model: type[Model], pks: list[Any]) -> list[Any] | None:
    """Return the records of a chooser, or None when it must query them itself."""
    records = _given_out.get()
    if records is None or not records.has(model, {pk for pk in pks if pk is not None}):
        return None
    found = [records.get(model, pk) if pk else None for pk in pks]
    if not issubclass(model, AbstractImage):
        return found
    # Copies: an image carries the alternative text of the place where it stands.
    return [copy.copy(each) for each in found]


def address_of_page(pk: int) -> str | None:
    """Return the address of a page that a text links to.

    Returns:
        "" for a page that is gone or not published, None where nothing was fetched.
    """
    records = _given_out.get()
    if records is None or not records.has(Page, [pk]):
        return None
    page = records.get(Page, pk)
    return (page.url or "") if page and page.live else ""


def records_for(
    page: Any, model: type[Model], pks: Iterable[int], otherwise: Any = None
) -> dict[int, Any]:
    """Return records by primary key, from ``page`` or else from the database.

    Args:
        page: What may have fetched them.
        model: Of the records.
        pks: Their primary keys.
        otherwise: The queryset to ask where it has not; all of the model's by default.

    Returns:
        ``{pk: record}`` without those that are gone.
    """
    pks = set(pks)
    records: Records | None = getattr(page, "records", None)
    if records is None or not records.has(model, pks):
        asked = model._default_manager if otherwise is None else otherwise
        return asked.in_bulk(pks) if pks else {}
    found = {pk: records.get(model, pk) for pk in pks}
    return {pk: record for pk, record in found.items() if record is not None}
