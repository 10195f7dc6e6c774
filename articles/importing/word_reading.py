"""Where the words of an HTML file go: paragraphs, points, cells, captions."""

from typing import Any

from articles.importing.document import (
    Anchor,
    Break,
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
    says,
)

# As deep as the editor's lists go.
_DEEPEST_LIST = 4
# Of the names of empty elements, those that the next words may be called by.
_ANCHORS_KEPT = 20


class WordReader:
    """Knows what is open, and puts words where they belong once a block ends."""

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
        """Put the words read so far where they belong."""
        words = [*self.words, *(Close(each.tag) for each in reversed(self.open))]
        self.words = list(self.open)
        anchors = [token for token in words if isinstance(token, Anchor)]
        if not says(words):
            self.words += anchors[-_ANCHORS_KEPT:]
            return
        line = next(token.line for token in words if isinstance(token, Text))
        if self.heading:
            self.sinks[-1].append(Heading(self.heading, words, line))
        elif self.cell is not None:
            self._continue(self.cell, words)
        elif self.captioning and (caption := self._captioned()) is not None:
            self._continue(caption, words)
        elif self.attributing:
            self._continue(self.quotes[-1].attribution, words)
        elif self.items is not None and self.lists:
            self._add_item(self.items.items, words, line)
        else:
            self.sinks[-1].append(Paragraph(words, line))

    def _captioned(self) -> Inline | None:
        """Return the caption of what stands here: a picture, a table, a quotation."""
        last = self.sinks[-1][-1] if self.sinks[-1] else None
        captioned = self.table or self.figure or last
        if isinstance(captioned, Quote):
            return captioned.attribution
        return captioned.caption if isinstance(captioned, Figure | Table) else None

    def _add_item(self, items: list[Item], words: Inline, line: int) -> None:
        if self.item_begun and items:
            self._continue(items[-1].words, words)
            return
        depth = min(len(self.lists), _DEEPEST_LIST) - 1
        items.append(Item(words, line, depth, self.lists[-1]))
        self.item_begun = True

    @staticmethod
    def _continue(words: Inline, more: Inline) -> None:
        if says(words):
            words.append(Break())
        words += more

    # --- Pictures ---------------------------------------------------------------------

    def picture(self, element: Any) -> None:
        alt = element.get("alt")
        figure = Figure(
            (element.get("src") or element.get("data-src") or "").strip(),
            " ".join((alt or "").split()),
            self.line,
            decorative=alt == "" and self.blank_alt_is_decorative,
        )
        if title := " ".join((element.get("title") or "").split()):
            figure.caption = [Text(title, self.line)]
        if any(each.tag == "a" for each in self.open):
            self.note("A picture leads nowhere here; its link is left out.", figure.src)
        self.figure = figure
        self.waiting.append(figure)
        self.let_go()

    def let_go(self) -> None:
        """Put pictures where no sentence, list or table is cut in two."""
        inside = self.lists or self.table is not None or self.heading or self.open
        if not inside and not says(self.words):
            self.sinks[-1] += self.waiting
            self.waiting = []

    def note(self, sentence: str, typed: str = "") -> None:
        self.document.notes.append((self.line, typed, sentence))
