"""The parts of an article as stored blocks of `articles.blocks.ArticleBodyBlock`."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.importing.document import (
    Anchor,
    Cite,
    Figure,
    Heading,
    Inline,
    Items,
    Paragraph,
    Part,
    Quote,
    Table,
    Text,
    plain,
)
from articles.importing.rich_text import Writer

LONGEST_HEADING = 150  # characters; evidence and core state these in their blocks
LONGEST_AUTHOR = 200
_ANCHOR = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_DASH = re.compile(r"^\s*(?:[\u2013-\u2015]|--+)\s*")

Block = dict[str, Any]


@dataclass
class Blocks:
    """Collects blocks; paragraphs and nested lists that follow one another are one.

    Attributes:
        writer: Makes rich text.
        picture: Returns a picture's number and, where there is none, the reason.
        linked: The names that links of the file lead to.
    """

    writer: Writer
    picture: Callable[[str], tuple[int, str]]
    linked: set[str] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def add(self, parts: Iterable[Part]) -> list[Block]:
        parts = list(parts)
        levels = sorted({part.level for part in parts if isinstance(part, Heading)})
        for part in parts:
            match part:
                case Heading():
                    self._heading(part, levels)
                case Paragraph():
                    self.prose.append(self._paragraph(part.words))
                case Items():
                    self._items(part)
                case Figure():
                    self._figure(part)
                case Quote():
                    self._quote(part)
                case Table():
                    self._table(part)
        self._close()
        return self.blocks

    def _close(self) -> None:
        """End the paragraph that is being collected."""
        if value := self.writer.prose(self.prose) if self.prose else "":
            self.blocks.append({"type": "paragraph", "value": value})
        self.prose = []

    def _block(self, name: str, value: Any) -> None:
        self._close()
        self.blocks.append({"type": name, "value": value})

    def _paragraph(self, words: Inline) -> str:
        html = self.writer.html(words)
        return f"<p>{html}</p>" if html.strip() else ""

    # --- Each kind --------------------------------------------------------------------

    def _heading(self, part: Heading, levels: Sequence[int]) -> None:
        text = plain(part.words)
        if len(text) > LONGEST_HEADING:
            self.writer.note(
                part.line,
                text,
                f"A heading has up to {LONGEST_HEADING} characters. This one stands as "
                "a paragraph in bold type.",
            )
            self.prose.append(f"<p><b>{self.writer.html(part.words)}</b></p>")
            return
        rank = levels.index(part.level)
        if rank > 1:
            self.writer.note(
                part.line,
                text,
                "Headings have two levels here. This one has become one of the second.",
            )
        self._block(
            "heading",
            {
                "text": self.writer.words(part.words),
                "level": "2" if rank == 0 else "3",
                "anchor": self._anchor(part.words),
            },
        )

    def _anchor(self, words: Inline) -> str:
        """Keep the name of a heading that a link of the file leads to."""
        for token in words:
            name = token.name if isinstance(token, Anchor) else ""
            if name in self.linked - self.anchors and _ANCHOR.fullmatch(name):
                self.anchors.add(name)
                return name
        return ""

    def _items(self, part: Items) -> None:
        if part.start != 1:
            self.writer.note(
                part.line,
                f"{part.start}.",
                f"The list began with {part.start}; here, lists begin with 1.",
            )
        if any(item.depth for item in part.items):
            self.prose.append(self.writer.nested(part.items))
            return
        items = [self.writer.inline(item.words) for item in part.items]
        kind = "numbers" if part.items[0].ordered else "bullets"
        if any(items):
            self._block("list", {"kind": kind, "items": list(filter(None, items))})

    def _figure(self, part: Figure) -> None:
        number, reason = self.picture(part.src) if part.src else (0, "It has no file.")
        if not number:
            described = f" It shows: “{part.alt}”." if part.alt else ""
            src = part.src if not part.src.startswith("data:") else "data:…"
            self.writer.note(
                part.line, src, f"The picture is left out. {reason}{described}"
            )
            if plain(part.caption):
                self.prose.append(self._paragraph(part.caption))
            return
        picture = {
            "image": number,
            "decorative": part.decorative,
            "alt_text": part.alt[:255],
        }
        caption = self.writer.inline(part.caption)
        self._block(
            "figure",
            {
                "image": picture,
                "caption": caption,
                "credit": "",
                "long_description": "",
            },
        )

    # --- Quotations -------------------------------------------------------------------

    def _quote(self, part: Quote) -> None:
        parts = list(part.parts)
        attribution = list(part.attribution) or self._said_by(parts)
        reference = self._source(parts, attribution)
        author = _DASH.sub("", self._without_cites(attribution)).strip(" ,;")
        if len(author) > LONGEST_AUTHOR:
            parts.append(Paragraph(attribution, part.line))
            author = ""
        text = self.writer.prose(self._within(parts))
        if not text:
            return
        if author:
            value = {"text": text, "author": author, "reference": reference}
            self._block("attributed_quotation", value)
        else:
            value = {"text": text, "reference": reference, "locator": ""}
            self._block("block_quotation", value)

    def _said_by(self, parts: list[Any]) -> Inline:
        """Take the last paragraph off where it is a dash and a name."""
        last = parts[-1] if len(parts) > 1 else None
        if isinstance(last, Paragraph) and _DASH.match(plain(last.words)):
            return list(parts.pop().words)
        return []

    def _source(self, parts: Sequence[Any], attribution: Inline) -> int | None:
        """Return the work quoted, where a quotation cites just one; take it out."""
        runs = [part.words for part in parts if isinstance(part, Paragraph)]
        runs += [attribution]
        cites = [t for words in runs for t in words if isinstance(t, Cite)]
        if len(cites) != 1 or len(cites[0].keys) != 1 or cites[0].locator:
            return None
        entry = self.writer.entries.get(cites[0].keys[0])
        if entry is None or not entry.found.pk:
            return None
        entry.cited = True
        self.writer.citations += 1
        self.writer.matched += 1
        for words in runs:
            words[:] = _without(words, cites[0])
        return entry.found.pk

    def _without_cites(self, words: Inline) -> str:
        return self.writer.words(words) if words else ""

    def _within(self, parts: Iterable[Any]) -> Iterable[str]:
        """Return what stands in a quotation, which holds paragraphs and lists only."""
        for part in parts:
            match part:
                case Paragraph():
                    yield self._paragraph(part.words)
                case Heading():
                    yield f"<p><b>{self.writer.html(part.words)}</b></p>"
                case Items():
                    yield self.writer.nested(part.items)
                case Table():
                    yield from self._rows(part)
                case Figure():
                    self.writer.note(
                        part.line,
                        part.src,
                        "A quotation holds no picture. It is left out.",
                    )

    # --- Tables -----------------------------------------------------------------------

    def _table(self, part: Table) -> None:
        width = max(len(row) for row in part.rows)
        rows = part.rows[1:] if part.headed else part.rows
        if part.irregular or width < 2 or not rows:
            self.writer.note(
                part.line,
                "",
                "This table joins cells, or has one row or column only, which no table "
                "does here. It stands row by row as paragraphs.",
            )
            self.prose += self._rows(part)
            return
        headings = part.rows[0] if part.headed else []
        if not part.headed:
            self.writer.note(
                part.line,
                "",
                "The table's columns have no headings. Write them before you publish.",
            )
        columns = [
            {"type": "text", "heading": self.writer.words(cell)}
            for cell in [*headings, *([[]] * (width - len(headings)))]
        ]
        values = [
            {"values": [self.writer.inline(c) for c in _padded(row, width)]}
            for row in rows
        ]
        table = {
            "columns": columns,
            "rows": values,
            "caption": self.writer.words(part.caption),
        }
        self._block("comparison", {"table": table})

    def _rows(self, part: Table) -> Iterable[str]:
        if plain(part.caption):
            yield self._paragraph(part.caption)
        for row in part.rows:
            words: Inline = []
            for cell in row:
                if plain(cell):
                    words += [Text(" · ", part.line)] if words else []
                    words += cell
            yield self._paragraph(words)


def _without(words: Inline, cite: Cite) -> Inline:
    """Leave out a citation and the space before it."""
    kept: Inline = []
    for token in words:
        if token is not cite:
            kept.append(token)
        elif kept and isinstance(kept[-1], Text):
            kept[-1] = Text(kept[-1].text.rstrip(), kept[-1].line)
    return kept


def _padded(row: list[Inline], width: int) -> list[Inline]:
    return [*row, *([[]] * (width - len(row)))]
