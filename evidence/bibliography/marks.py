"""Protects text on its way through citeproc, and converts the result to HTML.

citeproc-py escapes nothing and knows no links. So whatever is to become markup travels
as one of Unicode's noncharacters, which no text holds; at the end everything is
escaped, once, and only then are these turned into tags.
"""

import re
import unicodedata
from collections.abc import Mapping

from django.utils.html import escape

# U+FDD0 to U+FDEF are for a program's own use and never part of a text.
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
_ITALIC, _BOLD = ("\ufdd0", "\ufdd1"), ("\ufdd2", "\ufdd3")
_RAISED, _LOWERED = ("\ufdd4", "\ufdd5"), ("\ufdd6", "\ufdd7")
_ISOLATED = ("\ufdd8", "\ufdd9")
_LINK_END = "\ufdda"
# A “<”, since citeproc looks for markup of its own in what it is given.
_LESS = "\ufddb"
# After a mark that ends a sentence: the style's own full stop is left out.
_ENDED = "\ufddc"
# In the place of a last author: there are more.
OTHERS = "\ufddd"
_LINKS = {"DOI": "\ufde0", "URL": "\ufde1", "PMID": "\ufde2", "PMCID": "\ufde3"}

_CLOSING = "".join(end for _, end in (_ITALIC, _BOLD, _RAISED, _LOWERED, _ISOLATED))
_DOUBLE_STOP = re.compile(f"(?<=[.?!…]){_ENDED}([{_CLOSING}]*)\\.")
# Where a style puts “&” before the last author, it ends the names with a full stop.
_AND_OTHERS = re.compile(f"& {OTHERS}\\.?")
_LINK = re.compile(
    "((?:doi:|https://doi\\.org/|PMID: |PMCID: )?)"
    f"([{''.join(_LINKS.values())}])([^{_LINK_END}]*){_LINK_END}"
)
_TAGS = {
    ord(mark): tag
    for (opening, closing), name in (
        (_ITALIC, "i"),
        (_BOLD, "b"),
        (_RAISED, "sup"),
        (_LOWERED, "sub"),
        (_ISOLATED, "bdi"),
    )
    for mark, tag in ((opening, f"<{name}>"), (closing, f"</{name}>"))
} | {ord(_LESS): "&lt;"}
# Letters from right to left, and what turns the direction of the text after it.
_TURNING = {"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"}


class Formatter:
    """The formatter interface of citeproc-py."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    @staticmethod
    def Italic(text: object) -> str:  # noqa: N802  citeproc's name
        return _within(_ITALIC, text)

    @staticmethod
    def Bold(text: object) -> str:  # noqa: N802
        return _within(_BOLD, text)

    @staticmethod
    def Superscript(text: object) -> str:  # noqa: N802
        return _within(_RAISED, text)

    @staticmethod
    def Subscript(text: object) -> str:  # noqa: N802
        return _within(_LOWERED, text)

    Oblique = Italic
    # Of these the styles kept here use none.
    Light = Underline = SmallCaps = preformat


def _within(marks: tuple[str, str], text: object) -> str:
    return f"{marks[0]}{text}{marks[1]}"


def bare(value: object) -> str:
    """Return a name of which citeproc prints only the initials."""
    plain = " ".join(_NONCHARACTERS.sub("", str(value)).split())
    return plain.replace("<", _LESS)


def text(value: object) -> str:
    """Return a value of a record, fit for citeproc."""
    marked = bare(value)
    if marked.endswith((".", "?", "!", "…")):
        marked += _ENDED
    turning = any(unicodedata.bidirectional(letter) in _TURNING for letter in marked)
    return _within(_ISOLATED, marked) if turning else marked


def link(variable: str, value: object) -> str:
    """Return the value of one of CSL's variables that are printed as links."""
    plain = bare(value)
    return f"{_LINKS[variable]}{plain}{_LINK_END}" if plain else ""


def html(marked: str, addresses: Mapping[str, str]) -> str:
    """Convert citeproc's output, made of marked text, to HTML.

    Args:
        marked: With the marks of this module.
        addresses: Where the links lead, by variable.
    """
    said = _DOUBLE_STOP.sub(r"\1", marked).replace(_ENDED, "")
    said = _AND_OTHERS.sub("et al.", said).replace(OTHERS, "et al")
    names = {mark: variable for variable, mark in _LINKS.items()}

    def linked(found: re.Match[str]) -> str:
        label, address = found[1] + found[3], addresses.get(names[found[2]], "")
        if not address:
            return label
        return f'<a href="{escape(address)}">{label}</a>'

    return _LINK.sub(linked, escape(said)).translate(_TAGS)
