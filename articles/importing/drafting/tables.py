"""Tables as comparisons, or row by row where there can be none."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from articles.importing.drafting.rich_text import Writer
from articles.importing.reading.document import Inline, Table, Text, plain

_NO_TABLE = gettext_lazy(
    "This table joins cells, or has one row or column only, which no table does here. "
    "It stands row by row as paragraphs."
)
_NO_HEADINGS = gettext_lazy(
    "The table's columns have no headings. Write them before you publish."
)


def comparison(part: Table, writer: Writer) -> dict[str, Any] | None:
    """Return the value of a comparison; None where the table cannot be one."""
    width = max(len(row) for row in part.rows)
    rows = part.rows[1:] if part.headed else part.rows
    if part.irregular or width < 2 or not rows:
        writer.note(part.line, "", str(_NO_TABLE))
        return None
    headings = part.rows[0] if part.headed else []
    if not part.headed:
        writer.note(part.line, "", str(_NO_HEADINGS))
    return {
        "columns": [
            {"type": "text", "heading": writer.words(cell)}
            for cell in _padded(headings, width)
        ],
        "rows": [
            {"values": [writer.inline(cell) for cell in _padded(row, width)]}
            for row in rows
        ],
        "caption": writer.words(part.caption),
    }


def as_paragraphs(part: Table, writer: Writer) -> Iterator[str]:
    """Yield the caption and each row as a paragraph."""
    if plain(part.caption):
        yield writer.paragraph(part.caption)
    for row in part.rows:
        words: Inline = []
        for cell in row:
            if plain(cell):
                words += [Text(" · ", part.line)] if words else []
                words += cell
        yield writer.paragraph(words)


def _padded(row: list[Inline], width: int) -> list[Inline]:
    return [*row, *([[]] * (width - len(row)))]
