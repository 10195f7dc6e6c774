"""The parts of an imported article, before they become blocks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Text(NamedTuple):
    """Words, and the line on which they begin."""

    text: str
    line: int


class Open(NamedTuple):
    """The beginning of formatting or, with ``href``, of a link."""

    tag: str
    href: str = ""
    line: int = 0


class Close(NamedTuple):
    """The end of what was opened last under this tag."""

    tag: str


class Break(NamedTuple):
    """A line break within a paragraph."""


class Anchor(NamedTuple):
    """A name that links of the same file may lead to."""

    name: str


class Cite(NamedTuple):
    """Citations as they were typed.

    Attributes:
        keys: What each refers to: a number of the list, or ``#name`` of an entry.
        typed: The words of the file, which stay where nothing is found.
        locator: A page, such as p. 14.
        shape: How it was typed: ``()``, ``[]``, ``sup`` or ``link``.
    """

    keys: tuple[str, ...]
    typed: str
    line: int
    locator: str = ""
    shape: str = "link"


Inline = list[Any]  # of the above


@dataclass
class Heading:
    level: int
    words: Inline
    line: int


@dataclass
class Paragraph:
    words: Inline
    line: int


@dataclass
class Item:
    """A point of a list, and how deep it is nested there."""

    words: Inline
    line: int
    depth: int = 0
    ordered: bool = False


@dataclass
class Items:
    items: list[Item]
    line: int
    start: int = 1


@dataclass
class Figure:
    src: str
    alt: str
    line: int
    decorative: bool = False
    caption: Inline = field(default_factory=list)


@dataclass
class Quote:
    parts: list[Any]
    line: int
    attribution: Inline = field(default_factory=list)


@dataclass
class Callout:
    """Something set apart: its kind as the file says, and its heading."""

    kind: str
    parts: list[Any]
    line: int
    heading: Inline = field(default_factory=list)


@dataclass
class Table:
    """Rows of cells; the first is the heading where ``headed``."""

    rows: list[list[Inline]]
    line: int
    headed: bool = False
    caption: Inline = field(default_factory=list)
    irregular: bool = False


Part = Heading | Paragraph | Items | Figure | Quote | Callout | Table


@dataclass
class Document:
    """A file's article.

    Attributes:
        parts: Its text, in order.
        listed: What stands in lists of notes or references that are marked as such.
        notes: (line, typed text, sentence) of what could not be kept as it is.
    """

    parts: list[Part] = field(default_factory=list)
    listed: list[Part] = field(default_factory=list)
    notes: list[tuple[int, str, str]] = field(default_factory=list)


def plain(words: Iterable[Any]) -> str:
    """Return the words alone, on one line."""
    pieces = []
    for token in words:
        if isinstance(token, Text):
            pieces.append(token.text)
        elif isinstance(token, Cite):
            pieces.append(token.typed)
        elif isinstance(token, Break):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def says(words: Iterable[Any]) -> bool:
    """Return whether there are any words, and read no further than the first."""
    return any(plain([token]) for token in words)


def hrefs(words: Iterable[Any]) -> list[str]:
    return [token.href for token in words if isinstance(token, Open) and token.href]


def inlines(parts: Iterable[Part]) -> Iterable[Inline]:
    """Yield each run of words in which citations may stand, in reading order."""
    for part in parts:
        match part:
            case Paragraph():
                yield part.words
            case Items():
                yield from (item.words for item in part.items)
            case Figure():
                yield part.caption
            case Quote():
                yield from inlines(part.parts)
                yield part.attribution
            case Callout():
                yield from inlines(part.parts)
            case Table():
                yield from (cell for row in part.rows for cell in row)


def as_entries(table: Table) -> list[Paragraph]:
    """Return the rows of a table as paragraphs, each an entry of a list of works."""
    rows = []
    for row in table.rows:
        words: Inline = []
        for cell in row:
            number = plain(cell).strip("[]().") if cell is row[0] else ""
            if number.isdecimal() and len(row) > 1:
                words += [token for token in cell if isinstance(token, Anchor)]
                words.append(Text(f"{number}. ", table.line))
            else:
                words += [Text(" ", table.line), *cell] if says(words) else cell
        if says(words):
            line = next(t.line for t in words if isinstance(t, Text) and t.text.strip())
            rows.append(Paragraph(words, line))
    return rows
