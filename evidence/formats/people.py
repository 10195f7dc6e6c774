"""Names as RIS, PubMed and people write them: “Petrou, P.”, “Petrou PA”, “et al.”."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_OTHERS = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?|others)", re.IGNORECASE)
_INITIALS = re.compile(r"(.+\S)\s+([A-Z]{1,4})(?:\s+(Jr|Sr|2nd|3rd|4th|II|III|IV))?")
_SUFFIX = re.compile(r"(?:Jr|Sr|[234](?:nd|rd|th)|II|III|IV)\.?", re.IGNORECASE)
# “J. P.”, “J.-P.” or “JP”, alone.
_ALONE = re.compile(r"(?:[^\W\d_a-z]\.?[ -]?){1,4}")
_NUMERAL = re.compile(r"\s(?:II|III|IV)$")
_DOTS = re.compile(r"(?<=\s)((?:[^\W\d_a-z]\.[ -]?){1,4})$")

# Words that are in the names of groups, and of hardly anybody.
_GROUP = re.compile(
    r"\b(?:organi[sz]ation|group|committee|society|association|department|ministry"
    r"|institutes?|university|consortium|collaborat(?:ion|ors|ive)|investigators"
    r"|foundation|council|agency|network|initiative|federation|academy|hospital"
    r"|services?|commission|bureau|task force|working party|alliance|centre|center)\b",
    re.IGNORECASE,
)


def is_others(text: str) -> bool:
    return bool(_OTHERS.fullmatch(text.strip(" ,;.")) or _OTHERS.fullmatch(text))


def is_group(text: str) -> bool:
    """Return whether words, and not one, say that they name a group."""
    return " " in text.strip() and bool(_GROUP.search(text))


def is_suffix(text: str) -> bool:
    return bool(_SUFFIX.fullmatch(text))


def is_abbreviated(text: str) -> bool:
    """Return whether a name is like “Petrou PA” or “Petrou P. A.”."""
    text = _without_dots(text.strip())
    return bool(_INITIALS.fullmatch(text)) and not _NUMERAL.search(text)


def _without_dots(text: str) -> str:
    return _DOTS.sub(lambda found: re.sub(r"[^\w]", "", found[1]), text)


def several(text: str) -> list[str]:
    """Return the names of authors that were put into one; [] for a single one.

    They are parted by semicolons, or by commas where each is like “Petrou PA” or is a
    family name with initials after a comma of its own.
    """
    text = " ".join(text.split()).strip(" ,;")
    if ";" in text:
        return [name.strip(" ,") for name in text.split(";") if name.strip(" ,")]
    pieces = [piece.strip() for piece in re.split(r",|\s&\s", text) if piece.strip()]
    others = [piece for piece in pieces if is_others(piece)]
    names = [re.sub(r"^and\s+", "", p) for p in pieces if not is_others(p)]
    if len(pieces) < 2:
        return []
    if len(names) > 1 - bool(others) and all(map(is_abbreviated, names)):
        return [_without_dots(name) for name in names] + others
    pairs = list(zip(names[::2], names[1::2], strict=False))
    if len(names) == 2 * len(pairs) > 2 and all(
        _ALONE.fullmatch(given) and not _ALONE.fullmatch(family)
        for family, given in pairs
    ):
        return [f"{family}, {given}" for family, given in pairs] + others
    if " & " in text and "," in text:
        halves = [half.strip(" ,") for half in text.split(" & ")]
        return halves if all(half.count(",") == 1 for half in halves) else []
    return []


def is_unclear(text: str) -> bool:
    """Return whether a name has more commas than “Family, Suffix, Given” explains."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return len(parts) > 3 or (len(parts) == 3 and not any(map(is_suffix, parts[1:])))


def read_as_several(text: str, count: int) -> str:
    return ngettext(
        "“{text}” is read as {count} author; check the authors.",
        "“{text}” is read as {count} authors; check the authors.",
        count,
    ).format(text=text[:60], count=count)


def read_as_initials(text: str) -> str:
    return _(
        "Names such as “{name}” are read as a family name and initials; check the "
        "authors."
    ).format(name=text[:60])


def kept_whole(text: str) -> str:
    return _(
        "“{text}” is kept as the name of a group. If these are people, write each of "
        "them as an author."
    ).format(text=text[:60])


def persons(text: str, notes: list[str]) -> list[dict[str, str] | None]:
    """Return the CSL names that one line holds, and add to ``notes`` what is unclear.

    None stands for “and others”.
    """
    if names := several(text):
        read = [abbreviated(name) for name in names]
        notes.append(read_as_several(text, len(read) - read.count(None)))
        return read
    if is_unclear(text):
        notes.append(kept_whole(text))
    return [person(text)]


def person(text: str) -> dict[str, str] | None:
    """Return a CSL name; None for “and others”.

    “Family, Given, Suffix” is a person; without a comma it is a group.
    """
    text = " ".join(text.split()).rstrip(",;")
    if _OTHERS.fullmatch(text):
        return None
    family, *rest = (part.strip() for part in text.split(","))
    if not rest:
        return {"literal": family}
    given, suffix = rest[0], " ".join(rest[1:])
    if not family:
        return {"literal": text}
    if suffix and not _SUFFIX.fullmatch(suffix):
        if _SUFFIX.fullmatch(given):
            given, suffix = suffix, given
        else:  # “Department of Health, Cardiff, Wales”
            return {"literal": text}
    parts = {"family": family, "given": given, "suffix": suffix}
    return {part: value for part, value in parts.items() if value}


def abbreviated(text: str) -> dict[str, str] | None:
    """Return a CSL name for PubMed's “Petrou PA Jr”; None for “and others”."""
    found = _INITIALS.fullmatch(_without_dots(text.strip()))
    if "," in text or not found:
        return person(text)
    parts = {"family": found[1], "given": found[2], "suffix": found[3] or ""}
    return {part: value for part, value in parts.items() if value}
