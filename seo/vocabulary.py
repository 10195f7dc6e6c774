"""What all schema.org descriptions are made of.

What is not known is left out rather than printed empty. Addresses are absolute, dates
are timezone-aware; anything else raises `ValueError`.
"""

from datetime import datetime
from typing import Any

Node = dict[str, Any]


def node(kind: str, **values: Any) -> Node:
    """Describe something of a type, leaving out every value that is empty."""
    if not kind:
        raise ValueError("a description needs a type")
    known = {
        name: value for name, value in values.items() if value not in (None, "", [], {})
    }
    identity = {"@id": known.pop("id")} if "id" in known else {}
    return {"@type": kind, **identity, **known}


def reference(node_id: str) -> Node:
    """Point at a node that is described elsewhere in the graph or on another page."""
    return {"@id": absolute(node_id)}


def dates(published: datetime | None, modified: datetime | None) -> dict[str, str]:
    """Return ``datePublished`` and ``dateModified``, "" for what is not known."""
    printed = {
        "datePublished": instant(published) if published else "",
        "dateModified": instant(modified) if modified else "",
    }
    if published and modified and modified < published:
        raise ValueError(f"modified {modified} is before published {published}")
    return printed


def instant(moment: datetime) -> str:
    """Return an ISO 8601 date and time with its offset."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} does not say in which time zone")
    return moment.isoformat(timespec="seconds")


def absolute(url: str) -> str:
    """Return ``url`` if it can be understood away from this site."""
    if not url.startswith(("https://", "http://")):
        raise ValueError(f"{url!r} is no absolute address")
    return url


def named(name: str) -> str:
    """Return ``name`` if it says anything."""
    if not name.strip():
        raise ValueError("a description needs a name")
    return name
