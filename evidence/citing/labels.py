"""Labels of citations in the editor, such as “[Petrou 2020, p. 14]”.

The rich-text editor asks for one citation at a time. So that opening a page does not
take one query for each, the labels of a whole page are fetched before its form is
built, and every label is remembered until the request ends.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from evidence.library.usage import references_of
from evidence.models import Reference

# What `Reference.short_label` is made of, and where a merged one leads.
_LABEL_FIELDS = ["authors", "issued_year", "title", "merged_into"]

_remembered: ContextVar[dict[int, str] | None] = ContextVar("labels", default=None)


def visible(pk: int, locator: str = "") -> str:
    """Return a citation's text in the editor and in comparisons.

    A reference that no longer exists is shown as “?”.
    """
    inside = ", ".join(filter(None, [_label(pk), locator]))
    return f"[{inside}]"


def _label(pk: int) -> str:
    known = _remembered.get()
    if known is None:
        return _fetch([pk])[pk]
    if pk not in known:
        known |= _fetch([pk])
    return known[pk]


def _fetch(pks: Iterable[int]) -> dict[int, str]:
    found = Reference.objects.only(*_LABEL_FIELDS).in_bulk(list(pks))
    return {pk: found[pk].short_label if pk in found else "?" for pk in pks}


def remember(page: Any) -> None:
    """Fetch the labels of all references that ``page`` cites, in one query."""
    known = _remembered.get()
    if known is not None and (pks := set(references_of(page)) - known.keys()):
        known |= _fetch(pks)


def start_request(**kwargs: Any) -> None:
    _remembered.set({})


def end_request(**kwargs: Any) -> None:
    _remembered.set(None)
