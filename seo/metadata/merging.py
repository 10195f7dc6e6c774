"""Keeps metadata that was published while somebody else had the page open.

A form holds all fields as they were when it was opened. Saved, it would undo what was
published meanwhile, though its writer has touched none of it.
"""

from typing import Any, NamedTuple

from seo.metadata import changes
from seo.metadata.fields import LOGGED, label, put, stored

# A page's own versions tell of these: a form that is behind them is refused.
_OF_THE_PAGE = frozenset({"title", "slug"})


class Conflict(NamedTuple):
    """A field that two people have changed, its label, and who was first."""

    name: str
    label: str
    user: str


def merge(page: Any, seen: str | None) -> list[Conflict]:
    """Give ``page`` what was published since, in fields that were not touched.

    Args:
        page: As it was typed.
        seen: The newest change that its form has shown, as it was posted.

    Returns:
        What was changed here and there, and is as it was typed here.
    """
    if not page.pk or seen is None or not (seen.isascii() and seen.isdigit()):
        return []
    number = min(int(seen), 2**63 - 1)
    since = changes.entries().filter(page=page.pk, pk__gt=number).order_by("pk")
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for entry in since.select_related("user"):
        name = entry.data.get("field")
        if name in LOGGED and name not in _OF_THE_PAGE:
            first.setdefault(name, entry)
            last[name] = entry
    conflicts = []
    for name, entry in last.items():
        typed = stored(page, name)
        if typed == entry.data["after"]:
            continue
        if typed == first[name].data["before"]:
            put(page, name, _existing(page, name, entry.data["after"]))
        else:
            who = entry.user.get_username() if entry.user else ""
            conflicts.append(Conflict(name, label(type(page), name), who))
    return conflicts


def _existing(page: Any, name: str, value: Any) -> Any:
    """Return ``value``, or None for a record that was deleted since."""
    related = page._meta.get_field(name).related_model
    if related is None or related._base_manager.filter(pk=value).exists():
        return value
    return None
