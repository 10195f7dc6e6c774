"""What is wrong with a graph: words that schema.org does not have, or not there.

Sentences are for staff. Nothing here raises for what it is given.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from seo.graph import words

DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_TIME = r"([01]\d|2[0-4]):[0-5]\d(:[0-5]\d(\.\d+)?)?"
_ZONE = r"(Z|[+-]\d\d:?\d\d)"
_FORMATS = {
    "Date": re.compile(DATE),
    "DateTime": re.compile(rf"{DATE}T{_TIME}{_ZONE}"),
    "Time": re.compile(rf"{_TIME}{_ZONE}?"),
    "Duration": re.compile(
        r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
    ),
    "URL": re.compile(r"https?://[^\s<>\"\\^`{|}]+"),
    "Number": re.compile(r"[+-]?\d+(\.\d+)?"),
    "Float": re.compile(r"[+-]?\d+(\.\d+)?"),
    "Integer": re.compile(r"[+-]?\d+"),
    "Boolean": re.compile(r"(https?://schema\.org/)?(True|False)"),
}
_TEXTS = {"Text", "CssSelectorType", "XPathType", "PronounceableText"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?=\S)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f]")
# What a browser would run or read from the reader's own machine.
_DANGEROUS = ("javascript:", "data:", "vbscript:", "file:", "blob:", "about:")


def mistakes(value: Any, path: str = "") -> Iterator[str]:
    """Yield a sentence for each mistake in a node and in all that it holds."""
    if isinstance(value, list):
        for item in value:
            yield from mistakes(item, path)
    elif isinstance(value, dict):
        yield from _of_identity(value, path)
        if set(value) != {"@id"}:
            yield from _of_description(value, path)


def _of_identity(node: dict[str, Any], path: str) -> Iterator[str]:
    if "@id" in node and not _FORMATS["URL"].fullmatch(str(node["@id"])):
        yield _("{place}: “{value}” is no absolute address.").format(
            place=_at(path, "@id"), value=node["@id"]
        )


def _of_description(node: dict[str, Any], path: str) -> Iterator[str]:
    types = types_of(node)
    if not types:
        yield _("{place} does not say what it is (“@type”).").format(place=_at(path))
    unknown = [each for each in types if not words.is_type(each)]
    for each in unknown:
        yield _("{place}: schema.org has no type “{name}”.").format(
            place=_at(path), name=each
        )
    if types and not unknown:
        for name, value in node.items():
            if not name.startswith("@"):
                yield from mistakes_of(types, name, value, path)


def types_of(node: dict[str, Any]) -> list[str]:
    """Return the types that a node says it has."""
    typed = node.get("@type")
    return [each for each in as_list(typed) if isinstance(each, str) and each]


def as_list(value: Any) -> list[Any]:
    """Return the values of a property: one, or a list of several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def mistakes_of(types: list[str], name: str, value: Any, path: str) -> Iterator[str]:
    """Yield what is wrong with a property of something that has ``types``."""
    place = f"{path}.{name}" if path else name
    if not words.is_property(name):
        yield _("schema.org has no property “{name}”.").format(name=place)
    elif instead := words.successor(name):
        yield _("{place}: schema.org has “{name}” instead.").format(
            place=_at(place), name=instead
        )
    elif not words.belongs(name, types):
        yield _("{kind} has no property “{name}”.").format(
            kind=", ".join(types), name=place
        )
    else:
        taken = words.taken_by(name)
        for item in as_list(value) or [None]:
            yield from _of_value(taken, item, place)


def _of_value(taken: frozenset[str], value: Any, place: str) -> Iterator[str]:
    if value in ("", None, [], {}):
        yield _("“{name}” is empty.").format(name=place)
    elif isinstance(value, list):
        yield _("“{name}” holds a list in a list.").format(name=place)
    elif isinstance(value, dict):
        yield from _mistaken_node(taken, value, place)
    elif not _is_taken(taken, value):
        yield _("“{name}” takes {kinds}, which “{value}” is not.").format(
            name=place, kinds=_listed(taken), value=str(value)[:60]
        )


def _mistaken_node(taken: frozenset[str], item: Any, place: str) -> Iterator[str]:
    types = types_of(item)
    known = [each for each in types if words.is_type(each)]
    if known and not any(words.kinds(each) & taken for each in known):
        yield _("“{name}” takes {kinds}, which {kind} is not.").format(
            name=place, kinds=_listed(taken), kind=", ".join(types)
        )
    yield from mistakes(item, place)


def _listed(taken: frozenset[str]) -> str:
    return ", ".join(sorted(taken))


def _is_taken(taken: frozenset[str], value: Any) -> bool:
    """Return whether a plain value has one of the forms that a property takes."""
    if isinstance(value, bool):
        return "Boolean" in taken
    if isinstance(value, int | float):
        # Pixels are given as bare numbers, as in Google's own examples.
        return bool(taken & {"Number", "Integer", "Float", "Text", "QuantitativeValue"})
    if dangerous(value):
        return False
    if taken & _TEXTS or any(_has_form(each, value) for each in taken):
        return True
    member = value.removeprefix("https://schema.org/").removeprefix(
        "http://schema.org/"
    )
    enumerations = [each for each in taken if words.is_enumeration(each)]
    if any(member in words.members(each) for each in enumerations):
        return True
    # A thing may be given by its name or its address, as Google's own examples do, but
    # never what must be counted, dated or opened.
    plain = set(_FORMATS) | {"DataType"}
    return bool(taken - plain - set(enumerations)) and not foreign(value)


def _has_form(kind: str, value: str) -> bool:
    form = _FORMATS.get(kind)
    if form is None or not form.fullmatch(value):
        return False
    if kind in ("Date", "DateTime") and len(value) >= len("2026-01-01"):
        try:
            date.fromisoformat(value[:10])
        except ValueError:
            return False  # such as 31 February
    return True


def dangerous(text: str) -> bool:
    """Return whether ``text`` is an address that runs something or reads a file."""
    return _UNSEEN.sub("", text).casefold().startswith(_DANGEROUS)


def foreign(text: str) -> bool:
    """Return whether ``text`` is an address that is neither http nor https."""
    bare = _UNSEEN.sub("", text) if dangerous(text) else text.strip()
    found = _SCHEME.match(bare)
    return found is not None and found[0].casefold() not in ("http:", "https:")


def _at(path: str, name: str = "") -> str:
    place = ".".join(part for part in (path, name) if part)
    return f"“{place}”" if place else _("The description")
