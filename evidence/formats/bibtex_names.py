"""Authors as BibTeX writes them: “First von Last and Last, First and {A Group}”."""

import re
from collections.abc import Collection
from html import unescape
from typing import NamedTuple

from evidence.formats import people
from evidence.formats.latex import to_text

_TOKEN = re.compile(r"\\.|[{}]| and(?= )", re.IGNORECASE)
_BRACES = re.compile(r"\\.|[{}]|[^\\{}]+")
# An accent that a space parts from its letter is no word of the name.
_PARTED = re.compile(r"\\([bcdHkrtuv])\s+([A-Za-z])")
_ONE_LETTER = re.compile(r"\s[A-Z]$")


class Authors(NamedTuple):
    """The names of a list.

    Attributes:
        names: In order, as CSL has them.
        more: Whether there are others.
        notes: What was not written as BibTeX asks, in sentences.
    """

    names: list[dict[str, str]]
    more: bool
    notes: list[str]


def authors_of(text: str, *, exact: bool = False) -> Authors:
    """Read the value of ``author`` or ``editor``.

    Args:
        text: The value, in LaTeX.
        exact: Whether it is written as BibTeX asks, so that nothing is guessed.
    """
    if exact:
        listed = _divided(text)
        known = [name for name in listed if not people.is_others(name)]
        named = [_group(name) or _parts(name) for name in known]
        return Authors(list(filter(None, named)), len(known) < len(listed), [])
    text = _PARTED.sub(r"\\\1{\2}", unescape(text))
    found: list[dict[str, str]] = []
    notes: list[str] = []
    more = False
    listed = [name.strip(" ,") for name in _divided(text)]
    abbreviated = dict.fromkeys(_abbreviated(listed))
    for name in listed:
        if people.is_others(name):
            more = True
        elif group := _group(name):
            found.append(group)
        else:
            several = people.several(to_text(name)) if _may_be_several(name) else []
            if several:
                read = list(filter(None, map(people.abbreviated, several)))
                notes.append(people.read_as_several(to_text(name), len(read)))
                found += read
                more |= len(read) < len(several)
            else:
                found.append(_one(name, abbreviated, notes))
    if abbreviated:
        notes.append(people.read_as_initials(to_text(next(iter(abbreviated)))))
    return Authors([name for name in found if name], more, notes)


def _divided(text: str) -> list[str]:
    """Return the names between “and”, outside of braces."""
    text = f" {' '.join(text.split())} "
    found, begun, depth = [], 0, 0
    for match in _TOKEN.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(depth - 1, 0)
        elif match[0][0] == " " and depth == 0:
            found.append(text[begun : match.start()].strip())
            begun = match.end()
    return [*found, text[begun:].strip()]


def _outside(name: str) -> str:
    """Return what stands outside of braces."""
    kept, depth = [], 0
    for piece in _BRACES.findall(name):
        depth += (piece == "{") - (piece == "}")
        if depth == 0 and piece != "}":
            kept.append(piece)
    return "".join(kept)


def _abbreviated(listed: list[str]) -> list[str]:
    """Return the names like “Petrou PA”: all without commas are, or end in one letter.

    In others, capitals at the end may be a family name: “Jian LI”.
    """
    bare = [
        name
        for name in listed
        if " " in name
        and not re.search("[,;]", name)
        and not (_is_group(name) or people.is_others(name))
    ]
    alike = [name for name in bare if people.is_abbreviated(to_text(name))]
    return alike if len(alike) == len(bare) else list(filter(_ONE_LETTER.search, alike))


def _may_be_several(name: str) -> bool:
    """Return whether commas, semicolons and & stand outside of braces only."""
    outside = _outside(name)
    counts = [(name.count(sign), outside.count(sign)) for sign in ",;&"]
    return any(all_ for all_, _ in counts) and all(a == b for a, b in counts)


def _group(name: str) -> dict[str, str]:
    """Return the group that one pair of braces holds, {} for a person."""
    return {"literal": to_text(name).strip()} if _is_group(name) else {}


def _one(name: str, abbreviated: Collection[str], notes: list[str]) -> dict[str, str]:
    printed = to_text(name).strip()
    if name in abbreviated:
        return people.abbreviated(printed) or {}
    is_group = "," not in name and people.is_group(printed)
    if is_group or " & " in printed or people.is_unclear(_outside(name)):
        notes.append(people.kept_whole(printed))
        return {"literal": printed}
    return _parts(name)


def _parts(text: str) -> dict[str, str]:
    # Here, since writers of BibTeX seldom read names, and few processes read files.
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(text, strict=False)
    given, suffix = parts.first, parts.jr
    if suffix and people.is_suffix(" ".join(given)):  # “King, Martin, Jr.”
        given, suffix = suffix, given
    name = {
        "family": " ".join(parts.last),
        "given": " ".join(given),
        "non-dropping-particle": " ".join(parts.von),
        "suffix": " ".join(suffix),
    }
    if not name["family"]:  # “de, Jan” is all particle
        name["family"] = name.pop("non-dropping-particle")
    printed = {part: to_text(value).strip() for part, value in name.items()}
    return {part: value for part, value in printed.items() if value}


def _is_group(text: str) -> bool:
    """Return whether one pair of braces holds the whole name."""
    if not text.startswith("{"):
        return False
    depth = 0
    for place, char in enumerate(text):
        escaped = text[place - 1 : place] == "\\"
        depth += ((char == "{") - (char == "}")) * (not escaped)
        if depth == 0:
            return place == len(text) - 1
    return False
