"""The vocabulary of schema.org, and what a description gets wrong."""

import json
from pathlib import Path

VOCABULARY = json.loads(
    (Path(__file__).parents[1] / "data" / "schemaorg30.json").read_text()
)


def kinds(kind):
    """Return a type and everything it is a kind of."""
    found = {kind}
    for parent in VOCABULARY["types"].get(kind, []):
        found |= kinds(parent)
    return found


def mistakes(value, path="graph"):
    """Yield each word in a description that schema.org does not have, or not there."""
    if isinstance(value, list):
        for item in value:
            yield from mistakes(item, path)
    if not isinstance(value, dict) or set(value) == {"@id"}:
        return
    kind = value.get("@type")
    if kind not in VOCABULARY["types"]:
        yield f"{path} is a {kind}"
        return
    for name, child in value.items():
        if not name.startswith("@"):
            yield from mistakes_of(kind, name, child, f"{path}.{name}")


def mistakes_of(kind, name, child, path):
    """Yield what is wrong with one property of a description."""
    known = VOCABULARY["properties"].get(name)
    if known is None or not kinds(kind) & set(known["on"]):
        yield f"{path}: {kind} has no {name}"
        return
    if child in ("", None, [], {}):
        yield f"{path} is empty"
    for item in child if isinstance(child, list) else [child]:
        taken = isinstance(item, dict) and item.get("@type")
        if taken and not kinds(taken) & set(known["takes"]):
            yield f"{path} is a {taken}"
    yield from mistakes(child, path)
