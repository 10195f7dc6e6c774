"""Reads the typed reference list at the end of a file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from articles.importing.reading.document import (
    Anchor,
    Break,
    Close,
    Document,
    Heading,
    Inline,
    Items,
    Open,
    Paragraph,
    Part,
    Table,
    Text,
    as_entries,
    hrefs,
    plain,
    says,
)
from evidence.importing.typed_entries import Found, Numbers, identifiers_of

_HEADINGS = frozenset(
    {
        *("references", "reference list", "list of references", "bibliography"),
        *("literature", "literature cited", "sources", "works cited", "cited works"),
        *("footnotes", "endnotes", "notes and references", "references and notes"),
        "references and further reading",
    }
)
_LISTING = Paragraph | Items | Table
_NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)])(?:\s+|$)")
_BARE_NUMBER = re.compile(r"\s*(\d{1,3})\s+(?=\w)")


@dataclass
class Entry:
    """An entry of the list, as typed.

    Attributes:
        key: What citations call it: its number, or ``#name`` of a footnote.
        names: What links to it lead to.
        cited: Whether a citation of the text became one of the library's.
    """

    key: str
    words: Inline
    line: int
    names: set[str] = field(default_factory=set)
    found: Found = field(default_factory=Found)
    cited: bool = False

    @cached_property
    def text(self) -> str:
        return plain(self.words)

    @property
    def searched(self) -> str:
        """The words with the addresses that their links lead to."""
        links = [unquote(href) for href in hrefs(self.words) if href not in self.text]
        return " ".join([self.text, *links])


def take(document: Document) -> list[Entry]:
    """Remove the reference list from an article, and return its entries."""
    notes = list(_entries(document.listed, prefix="#"))
    listed = _take_parts(document.parts)
    entries = list(_entries(listed))
    if not entries:
        # The one that is marked as a list of notes, where there is no other.
        entries, notes = list(_entries(document.listed)), []
    elif not notes:
        document.parts += [p for p in document.listed if not isinstance(p, Heading)]
    return [*entries, *notes]


def _take_parts(parts: list[Part]) -> list[Part]:
    """Remove the parts under the last heading such as “References”."""
    for start in range(len(parts) - 1, -1, -1):
        part = parts[start]
        if isinstance(part, Table) and _is_heading(Paragraph(part.caption, part.line)):
            del parts[start]
            return [*as_entries(part)]
        if isinstance(part, Heading | Paragraph) and _is_heading(part):
            end = start + 1
            while end < len(parts) and isinstance(
                parts[end], Paragraph | Items | Table
            ):
                end += 1
            if end < len(parts) and not isinstance(parts[end], Heading):
                continue
            taken = parts[start + 1 : end]
            if taken and any(True for _ in _entries(taken)):
                del parts[start:end]
                return taken
            return []
    last = parts[-1] if parts else None
    if isinstance(last, Items) and last.items and last.items[0].ordered:
        known = sum(
            identifiers_of(_text(item.words)) != Numbers() for item in last.items
        )
        if known * 2 >= len(last.items):
            return [parts.pop()]
    return []


def _text(words: Inline) -> str:
    return " ".join([plain(words), *hrefs(words)])


def _is_heading(part: Heading | Paragraph) -> bool:
    text = plain(part.words).casefold().strip(" :.")
    return re.sub(r"^[\d.]+\s+", "", text) in _HEADINGS


def _entries(parts: Iterable[Part], prefix: str = "") -> Iterator[Entry]:
    number = 0
    for part in _without_tables(parts):
        if isinstance(part, Items):
            number = max(number, part.start - 1)
            for item in part.items:
                number += 1
                yield _entry(item.words, item.line, number, prefix)
        elif isinstance(part, Paragraph):
            for words, line in _lines(part):
                number += 1
                yield _entry(words, line, number, prefix)


def _without_tables(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield from as_entries(part) if isinstance(part, Table) else [part]


def _lines(part: Paragraph) -> Iterator[tuple[Inline, int]]:
    """Divide a paragraph where its lines begin with numbers."""
    words: Inline = []
    line = part.line
    for token in part.words:
        pieces = _pieces(token) if isinstance(token, Text) else [token]
        for piece in pieces:
            fresh = isinstance(piece, Text) and (not says(words) or _breaks(words))
            if fresh and says(words) and _numbered(piece.text):
                yield words, line
                words, line = [], piece.line
            words.append(piece)
    if says(words):
        yield words, line


def _pieces(token: Text) -> list[Text]:
    rows = token.text.split("\n")
    return [
        Text(row + ("\n" if number < len(rows) - 1 else ""), token.line + number)
        for number, row in enumerate(rows)
    ]


def _breaks(words: Inline) -> bool:
    """Return whether a line has just ended."""
    for token in reversed(words):
        if isinstance(token, Break):
            return True
        if isinstance(token, Text):
            if token.text.endswith("\n"):
                return True
            if token.text.strip():
                return False
    return True


def _numbered(text: str) -> bool:
    return bool(_NUMBER.match(text) or _BARE_NUMBER.match(text))


def _entry(words: Inline, line: int, number: int, prefix: str) -> Entry:
    names = {token.name for token in words if isinstance(token, Anchor)}
    kept = _without_number(_without_way_back(words))
    typed = _NUMBER.match(plain(words)) or _BARE_NUMBER.match(plain(words))
    if typed:
        number = int(next(filter(None, typed.groups())))
    key = f"#{min(names, default=number)}" if prefix else str(number)
    return Entry(key, kept, line, names)


def _without_number(words: Inline) -> Inline:
    for place, token in enumerate(words):
        if isinstance(token, Text) and token.text.strip():
            match = _NUMBER.match(token.text) or _BARE_NUMBER.match(token.text)
            if match:
                shorter = Text(token.text[match.end() :], token.line)
                return [*words[:place], shorter, *words[place + 1 :]]
            return words
    return words


def _without_way_back(words: Inline) -> Inline:
    """Remove the arrows that link a note back to the text."""
    kept: Inline = []
    back = False
    for token in words:
        if isinstance(token, Open) and token.tag == "a" and token.href.startswith("#"):
            back = True
        elif back and isinstance(token, Close) and token.tag == "a":
            back = False
        elif not back and not isinstance(token, Anchor):
            kept.append(token)
    return kept
