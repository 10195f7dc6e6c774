"""Whether a typed name is the organisation's own: then its node is meant.

Somebody who works for “Nerve Clinic” works for the organisation of “The Nerve clinic”,
not for another, about which nothing is known.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from seo.graph.vocabulary import reference

# What a node says of an organisation that is known by its name alone.
_NAME_ALONE = {"@type", "name"}


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, without case, punctuation and a leading article."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    kept = "".join(
        each if unicodedata.category(each)[0] in "LMN" else " "
        for each in plain.replace("'", "").replace(
            "\N{RIGHT SINGLE QUOTATION MARK}", ""
        )
    ).split()
    return tuple(kept[1:] if len(kept) > 1 and kept[0] == "the" else kept)


def is_called(name: str, names: Iterable[str]) -> bool:
    """Return whether ``name`` is one of ``names``, by its words."""
    typed = words(name)
    return bool(typed) and any(typed == words(each) for each in names)


def with_references(value: Any, names: list[str], organisation_id: str) -> Any:
    """Return nodes in which the organisation by name is a reference to its node."""
    if isinstance(value, list):
        return [with_references(item, names, organisation_id) for item in value]
    if not isinstance(value, dict):
        return value
    if (
        value.get("@type") == "Organization"
        and set(value) == _NAME_ALONE
        and is_called(str(value["name"]), names)
    ):
        return reference(organisation_id)
    return {
        key: with_references(item, names, organisation_id)
        for key, item in value.items()
    }
