"""Rows of a plan in words, for the preview."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from evidence.importing.rows import Action, Row
from evidence.library import names
from evidence.models import Reference

# What the preview can be narrowed down to, and how it says so.
KINDS = {
    "": gettext_lazy("All"),
    str(Action.CREATE): gettext_lazy("New"),
    str(Action.UPDATE): gettext_lazy("Fill blank fields"),
    str(Action.MATCH): gettext_lazy("In the library"),
    str(Action.REFUSE): gettext_lazy("Refused"),
}


@dataclass
class Shown:
    """A row in the words of the preview."""

    row: Row
    label: str
    authors: str
    details: str
    fills: list[tuple[str, str]]
    differs: list[tuple[str, str, str]]
    reference: Reference | None
    taken: bool
    overwritten: bool


def as_shown(
    rows: Sequence[Row], left_out: Collection[int], overwritten: Collection[int]
) -> list[Shown]:
    """Return rows in words, with the library's values where they differ."""
    targets = {row.target for row in rows if row.target is not None}
    stored = Reference.objects.in_bulk(targets)
    return [_shown(row, stored.get(row.target), left_out, overwritten) for row in rows]


def _shown(
    row: Row,
    reference: Reference | None,
    left_out: Collection[int],
    overwritten: Collection[int],
) -> Shown:
    fields = row.fields
    return Shown(
        row,
        str(KINDS[row.action]),
        names.author_list(
            fields.get("authors", []), more=fields.get("more_authors", False)
        ),
        " · ".join(
            str(fields[name])
            for name in ("container_title", "issued_year", "doi")
            if name in fields
        ),
        [(_label(name), _words(fields.get(name))) for name in row.fills],
        [
            (_label(name), _words(getattr(reference, name)), _words(fields.get(name)))
            for name in (row.differs if reference else [])
        ],
        reference,
        row.number not in left_out,
        row.number in overwritten,
    )


def _label(name: str) -> str:
    return str(getattr(Reference._meta.get_field(name), "verbose_name", name))


def _words(value: Any) -> str:
    if value in (None, "", []):
        return "(blank)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return names.author_list(value)
    return str(value)
