"""Keeps metadata that was published while somebody else had the page open.

A form holds all fields as they were when it was opened. Saved, it would undo what was
published meanwhile, though its writer has touched none of it.
"""

from typing import Any, NamedTuple

from seo.metadata import changes
from seo.metadata.fields import label, put, stored
from seo.metadata.seen import Seen

# A page's own versions tell of these: a form that is behind them is refused.
_OF_THE_PAGE = frozenset({"title", "slug"})


class Conflict(NamedTuple):
    """A field that two people have changed, its label, who was first, and when.

    ``change`` is the number of the change in the log.
    """

    name: str
    label: str
    user: str
    change: int


def touched(page: Any, values: dict[str, Any]) -> frozenset[str]:
    """Return the names of the fields that are not as a form has shown them."""
    return frozenset(name for name in values if stored(page, name) != values[name])


def merge(page: Any, seen: Seen, user: Any) -> list[Conflict]:
    """Give ``page`` what was published since, in fields that were not touched.

    Args:
        page: As it was typed.
        seen: What its form has shown of the fields that it has.
        user: Who typed: nobody is asked about changes of their own.

    Returns:
        What was changed here and there, and is as it was typed here.
    """
    since = changes.entries().filter(page=page.pk, pk__gt=seen.change).order_by("pk")
    last = {each.data.get("field"): each for each in since.select_related("user")}
    typed_here = touched(page, seen.values)
    conflicts = []
    for name in (seen.values.keys() - _OF_THE_PAGE) & last.keys():
        entry = last[name]
        if name not in typed_here:
            put(page, name, _existing(page, name, entry.data["after"]))
            continue
        agree = stored(page, name) == entry.data["after"]
        is_own = user is not None and entry.user_id == user.pk
        if not (agree or is_own or entry.pk <= seen.told.get(name, 0)):
            who = entry.user.get_username() if entry.user else ""
            conflicts.append(Conflict(name, label(type(page), name), who, entry.pk))
    return conflicts


def _existing(page: Any, name: str, value: Any) -> Any:
    """Return ``value``, or None for a record that was deleted since."""
    related = page._meta.get_field(name).related_model
    if related is None or related._base_manager.filter(pk=value).exists():
        return value
    return None
