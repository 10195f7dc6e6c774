"""Building blocks of schema.org descriptions.

What is not known is left out rather than printed empty. Addresses are absolute, dates
are timezone-aware; anything else raises `ValueError`.
"""

from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from seo.characters import fit

Node = dict[str, Any]


def node(kind: str, **values: Any) -> Node:
    """Return a node of a type, without empty values."""
    if not kind:
        raise ValueError("a description needs a type")
    known = {
        name: value for name, value in values.items() if value not in (None, "", [], {})
    }
    identity = {"@id": known.pop("id")} if "id" in known else {}
    return {"@type": kind, **identity, **known}


def reference(node_id: str) -> Node:
    """Return a reference to a node described elsewhere."""
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
    """Return ``url`` if it is absolute."""
    if not url.startswith(("https://", "http://")):
        said = gettext("“{address}” is no absolute address")
        raise ValueError(said.format(address=url))
    return url


def full_url(url: str, root_url: str) -> str:
    """Return the absolute URL of a file."""
    return root_url + url if url.startswith("/") else url


def named(name: str) -> str:
    """Return ``name`` unless it is blank."""
    if not without_controls(name).strip():
        raise ValueError(gettext("a description needs a name"))
    return name


def without_controls(value: Any) -> Any:
    """Return text, or what holds text at any depth, without control characters."""
    if isinstance(value, str):
        return fit(value)
    if is_dataclass(value) and not isinstance(value, type):
        held = {each.name: getattr(value, each.name) for each in fields(value)}
        return replace(value, **{k: without_controls(v) for k, v in held.items()})
    if type(value) is tuple:
        return tuple(without_controls(item) for item in value)
    if isinstance(value, list):
        return [without_controls(item) for item in value]
    if isinstance(value, dict):
        return {
            without_controls(name): without_controls(item)
            for name, item in value.items()
        }
    return value
