"""The parts of an article as stored blocks of `articles.blocks.ArticleBodyBlock`."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.importing.drafting import lists, tables
from articles.importing.drafting.rich_text import Writer
from articles.importing.reading import callouts
from articles.importing.reading.document import (
    Anchor,
    Callout,
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

LONGEST_HEADING = 150  # characters; evidence and core state these in their blocks
LONGEST_AUTHOR = 200
_ANCHOR = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_DASH = re.compile(r"^\s*(?:[\u2013-\u2015]|--+)\s*")
_THIRD_LEVEL = gettext_lazy(
    "Headings have two levels here. This one has become one of the second."
)

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
        parts = lists.joined(parts, self.writer.note)
        levels = sorted({part.level for part in parts if isinstance(part, Heading)})
        for part in parts:
            match part:
                case Heading():
                    self._heading(part, levels)
                case Paragraph():
                    self.prose.append(self.writer.paragraph(part.words))
                case Items():
                    self._items(part)
                case Figure():
                    self._figure(part)
                case Quote():
                    self._quote(part)
                case Callout():
                    self._callout(part)
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

    # --- Each kind --------------------------------------------------------------------

    def _heading(self, part: Heading, levels: Sequence[int]) -> None:
        text = plain(part.words)
        if len(text) > LONGEST_HEADING:
            self.writer.note(
                part.line,
                text,
                ngettext(
                    "A heading has up to {count} character. This one stands as a "
                    "paragraph in bold type.",
                    "A heading has up to {count} characters. This one stands as a "
                    "paragraph in bold type.",
                    LONGEST_HEADING,
                ).format(count=LONGEST_HEADING),
            )
            self.prose.append(f"<p><b>{self.writer.html(part.words)}</b></p>")
            return
        rank = levels.index(part.level)
        if rank > 1:
            self.writer.note(part.line, text, str(_THIRD_LEVEL))
        self._block(
            "heading",
            {
                "text": self.writer.words(part.words),
                "level": "2" if rank == 0 else "3",
                "anchor": self._anchor(part.words),
            },
        )

    def _anchor(self, words: Inline) -> str:
        """Remember the anchor of a heading that the file links to."""
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
                _("The list began with {number}; here, lists begin with 1.").format(
                    number=part.start
                ),
            )
        listed = lists.within_numbers(part, self.writer.note)
        if any(item.depth for item in listed):
            self.prose.append(self.writer.nested(listed))
            return
        items = [self.writer.inline(item.words) for item in listed]
        kind = "numbers" if listed[0].ordered else "bullets"
        if any(items):
            self._block("list", {"kind": kind, "items": list(filter(None, items))})

    def _figure(self, part: Figure) -> None:
        number, reason = (
            self.picture(part.src) if part.src else (0, _("It has no file."))
        )
        if not number:
            sentences = [_("The picture is left out."), reason]
            if part.alt:
                sentences.append(_("It shows: “{alt}”.").format(alt=part.alt))
            src = part.src if not part.src.startswith("data:") else "data:…"
            self.writer.note(part.line, src, " ".join(sentences))
            if plain(part.caption):
                self.prose.append(self.writer.paragraph(part.caption))
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

    def _table(self, part: Table) -> None:
        if table := tables.comparison(part, self.writer):
            self._block("comparison", {"table": table})
        else:
            self.prose += tables.as_paragraphs(part, self.writer)

    def _callout(self, part: Callout) -> None:
        if text := self.writer.prose(self._within(part.parts, _("A callout"))):
            kind = callouts.KINDS.get(part.kind, "note")
            heading = self.writer.words(part.heading) if part.heading else ""
            self._block("callout", {"kind": kind, "heading": heading, "text": text})

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
        """Remove and return the last paragraph when it is a dash and a name."""
        last = parts[-1] if len(parts) > 1 else None
        if isinstance(last, Paragraph) and _DASH.match(plain(last.words)):
            return list(parts.pop().words)
        return []

    def _source(self, parts: Sequence[Any], attribution: Inline) -> int | None:
        """Remove and return the only citation of a quotation, if it has just one."""
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

    def _within(self, parts: Iterable[Any], whole: str = "") -> Iterable[str]:
        """Return the contents of a quotation or callout: paragraphs and lists only."""
        for part in parts:
            match part:
                case Paragraph():
                    yield self.writer.paragraph(part.words)
                case Heading():
                    yield f"<p><b>{self.writer.html(part.words)}</b></p>"
                case Items():
                    yield self.writer.nested(
                        lists.within_numbers(part, self.writer.note)
                    )
                case Quote() | Callout():
                    yield from self._within(part.parts)
                case Table():
                    yield from tables.as_paragraphs(part, self.writer)
                case Figure():
                    self.writer.note(
                        part.line,
                        part.src,
                        _("{whole} cannot have a picture. It is left out.").format(
                            whole=whole or _("A quotation")
                        ),
                    )


def _without(words: Inline, cite: Cite) -> Inline:
    """Remove a citation and the space before it."""
    kept: Inline = []
    for token in words:
        if token is not cite:
            kept.append(token)
        elif kept and isinstance(kept[-1], Text):
            kept[-1] = Text(kept[-1].text.rstrip(), kept[-1].line)
    return kept
