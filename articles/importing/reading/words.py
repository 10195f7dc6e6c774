"""Puts the words of an HTML file into paragraphs, list items, cells and captions."""

from typing import Any

from django.utils.translation import gettext as _

from articles.importing.reading.document import (
    Anchor,
    Break,
    Callout,
    Close,
    Document,
    Figure,
    Heading,
    Inline,
    Item,
    Items,
    Open,
    Paragraph,
    Part,
    Quote,
    Table,
    Text,
    plain,
    says,
)

# As deep as the editor's lists go.
_DEEPEST_LIST = 4
# Of the names of empty elements, those that the next words may be called by.
_ANCHORS_KEPT = 20


class WordReader:
    """Collects words, and places them when a block ends."""

    def __init__(self, document: Document, *, blank_alt_is_decorative: bool) -> None:
        self.document = document
        self.blank_alt_is_decorative = blank_alt_is_decorative
        self.sinks: list[list[Part]] = [document.parts]
        self.listing: Any = None
        self.words: Inline = []
        self.open: list[Open] = []
        self.line = 1
        self.heading = 0
        self.lists: list[bool] = []
        self.items: Items | None = None
        self.item_begun = False
        self.quotes: list[Quote] = []
        self.callout: Callout | None = None
        self.callout_element: Any = None
        self.quote_depth = 0
        self.attributing = False
        self.table: Table | None = None
        self.tables = 0
        self.cell: Inline | None = None
        self.figure: Figure | None = None
        self.captioning = False
        self.waiting: list[Figure] = []
        self.preformatted = 0

    def text(self, text: str | None) -> None:
        if not text:
            return
        if self.preformatted:
            for number, line in enumerate(text.strip("\n").split("\n")):
                self.words += [Break()] if number else []
                self.words.append(Text(line, self.line + number))
        else:
            self.words.append(Text(text, self.line))
        self.line += text.count("\n")

    def flush(self) -> None:
        """Place the words read so far."""
        words = [*self.words, *(Close(each.tag) for each in reversed(self.open))]
        self.words = list(self.open)
        anchors = [token for token in words if isinstance(token, Anchor)]
        if not says(words):
            self.words += anchors[-_ANCHORS_KEPT:]
            return
        line = next(token.line for token in words if isinstance(token, Text))
        begun = self._begun(words)
        if begun is None:
            self._begin(words, line)
        else:
            begun += [Break(), *words] if says(begun) else words

    def _begun(self, words: Inline) -> Inline | None:
        """Return the open part that the words continue, None when they begin one."""
        if self.heading:
            return None
        if self.cell is not None:
            return self.cell
        if self.captioning and (caption := self._captioned()) is not None:
            return caption
        if self.attributing:
            return self.quotes[-1].attribution
        if self.lists and self.item_begun and self.items and self.items.items:
            return self._item(words).words
        return None

    def _item(self, words: Inline) -> Item:
        """Return the point that words belong to; a list within it may have ended."""
        assert self.items is not None  # noqa: S101  (it is asked for in lists only)
        depth = min(len(self.lists), _DEEPEST_LIST) - 1
        last = self.items.items[-1]
        item = next((i for i in reversed(self.items.items) if i.depth <= depth), last)
        if item is not last:
            self.note(
                _(
                    "These words stood behind an inner list. They stand before it, in "
                    "the point that they belong to."
                ),
                plain(words),
            )
        return item

    def _begin(self, words: Inline, line: int) -> None:
        """Begin a heading, a list item or a paragraph with the words."""
        if self.heading:
            self.sinks[-1].append(Heading(self.heading, words, line))
        elif self.lists and self.items is not None:
            depth = min(len(self.lists), _DEEPEST_LIST) - 1
            self.items.items.append(Item(words, line, depth, self.lists[-1]))
            self.item_begun = True
        else:
            self.sinks[-1].append(Paragraph(words, line))

    def _captioned(self) -> Inline | None:
        """Return the caption of what stands here: a picture, a table, a quotation."""
        last = self.sinks[-1][-1] if self.sinks[-1] else None
        captioned = self.table or self.figure or last
        if isinstance(captioned, Quote):
            return captioned.attribution
        return captioned.caption if isinstance(captioned, Figure | Table) else None

    # --- Pictures ---------------------------------------------------------------------

    def picture(self, element: Any) -> None:
        alt = element.get("alt")
        src = (element.get("src") or "").strip()
        figure = Figure(
            src,
            " ".join((alt or "").split()),
            self.line,
            decorative=alt == "" and self.blank_alt_is_decorative,
        )
        if title := " ".join((element.get("title") or "").split()):
            figure.caption = [Text(title, self.line)]
        if any(each.tag == "a" for each in self.open):
            self.note(
                _("A picture leads nowhere here; its link is left out."), figure.src
            )
        self.figure = figure
        self.waiting.append(figure)
        self.let_go()
        if self.lists and self.listing is None and self.waiting:
            self.note(_("The picture stands behind the list that it was in."), src)

    def let_go(self) -> None:
        """Place pictures where they split no sentence, list or table."""
        inside = self.lists or self.table is not None or self.heading or self.open
        if not inside and not says(self.words):
            self.flush()
            self.sinks[-1] += self.waiting
            self.waiting = []

    def note(self, sentence: str, typed: str = "") -> None:
        self.document.notes.append((self.line, typed, sentence))
