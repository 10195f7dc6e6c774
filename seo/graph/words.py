"""The vocabulary of schema.org: its types, properties and the members of enumerations.

`schema_org.json` is the vocabulary of release 30.0, reduced to names: the parents of
each type, where each property belongs and what it takes. Source: https://schema.org,
under CC BY-SA 3.0, as is the reduced copy.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("schema_org.json")


@cache
def _vocabulary() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def is_type(name: str) -> bool:
    return name in _vocabulary()["types"] and name not in _vocabulary()["data_types"]


def is_property(name: str) -> bool:
    return name in _vocabulary()["properties"]


@cache
def kinds(name: str) -> frozenset[str]:
    """Return a type and every type it is a kind of."""
    parents = _vocabulary()["types"].get(name, [])
    return frozenset({name}).union(*(kinds(parent) for parent in parents))


def belongs(name: str, types: list[str]) -> bool:
    """Return whether things of one of the ``types`` have the property ``name``."""
    owners = set(_vocabulary()["properties"][name][0])
    return any(owners & kinds(each) for each in types)


def taken_by(name: str) -> frozenset[str]:
    """Return the types of values that the property ``name`` takes."""
    return frozenset(_vocabulary()["properties"][name][1])


def successor(name: str) -> str:
    """Return the property that has taken the place of ``name``, "" for none."""
    found: list[str] = _vocabulary()["superseded_properties"].get(name, [])
    return found[0] if found else ""


def members(name: str) -> frozenset[str]:
    """Return what may be chosen of an enumeration, none for other types."""
    return _members().get(name, frozenset())


@cache
def _members() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for member, enumerations in _vocabulary()["members"].items():
        for enumeration in enumerations:
            for kind in kinds(enumeration):
                found.setdefault(kind, set()).add(member)
    return {kind: frozenset(each) for kind, each in found.items()}


def is_enumeration(name: str) -> bool:
    return "Enumeration" in kinds(name)
