"""HTML, element by element, as the parts of an article."""

from typing import Any

from lxml import etree

from articles.importing.document import (
    Anchor,
    Break,
    Close,
    Items,
    Open,
    Quote,
    Table,
    plain,
)
from articles.importing.word_reading import WordReader

_INLINE = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "cite": "i",
    "var": "i",
    "dfn": "i",
    "sup": "sup",
    "sub": "sub",
    "a": "a",
}
# Elements that are neither blocks nor formatting that blocks keep: their words stay.
_TRANSPARENT = frozenset(
    {
        *("abbr", "acronym", "bdi", "bdo", "big", "code", "data", "del", "font", "ins"),
        *("kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp"),
        *("small", "span", "strike", "time", "tt", "u", "wbr"),
    }
)
# How containers of notes and references are marked, whatever wrote the file.
_LISTS_OF_NOTES = frozenset(
    {
        *("footnotes", "footnotes-list", "wp-block-footnotes", "endnotes"),
        *("references", "reference-list", "ref-list", "bibliography", "csl-bib-body"),
        *("doc-endnotes", "doc-bibliography"),
    }
)
_MAY_LIST_NOTES = frozenset({"section", "div", "aside", "ol", "ul"})
# What elements are that are more than a container.
_KINDS = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    **dict.fromkeys(("ul", "ol", "dl"), "list"),
    **dict.fromkeys(("li", "dt"), "item"),
    **dict.fromkeys(("cite", "footer"), "attribution"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    **dict.fromkeys(("td", "th"), "cell"),
    "blockquote": "quote",
    "table": "table",
    "tr": "row",
    "figure": "figure",
    "pre": "preformatted",
}


class Reader(WordReader):
    """Walks through a tree without recursion, so that no nesting is too deep for it."""

    def read(self, root: Any) -> None:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                self.line = int(element.get("data-line") or self.line)
                self.start(element.tag, element)
                self.text(element.text)
            else:
                self.end(element.tag, element)
                if element is not root:
                    self.text(element.tail)
        self.flush()
        self.sinks[0] += self.waiting

    # --- Elements ---------------------------------------------------------------------

    def start(self, tag: str, element: Any) -> None:
        if tag in _INLINE and not (tag == "cite" and self._attributes()):
            self._anchor(element)
            href = (element.get("href") or "").strip()
            opened = Open(_INLINE[tag], href, self.line)
            self.words.append(opened)
            self.open.append(opened)
        elif tag == "br":
            self.words.append(Break())
        elif tag == "img":
            self.picture(element)
        elif tag in _TRANSPARENT:
            self._anchor(element)
        else:
            self.flush()
            self._anchor(element)
            self._start_block(tag, element)

    def _anchor(self, element: Any) -> None:
        if name := element.get("id") or element.get("name"):
            self.words.append(Anchor(name))

    def _start_block(self, tag: str, element: Any) -> None:
        if self._lists_notes(tag, element):
            self.listing = element
            self.sinks.append(self.document.listed)
        handler = getattr(self, f"_start_{_KINDS.get(tag, 'other')}")
        handler(tag, element)

    def end(self, tag: str, element: Any) -> None:
        if tag in _INLINE and self.open and not (tag == "cite" and self.attributing):
            closed = self.open.pop()
            self.words.append(Close(closed.tag))
        elif tag not in _TRANSPARENT and tag not in ("br", "img"):
            self.flush()
            getattr(self, f"_end_{_KINDS.get(tag, 'other')}")()
            self.let_go()
            if element is self.listing:
                self.listing = None
                self.sinks.pop()

    def _lists_notes(self, tag: str, element: Any) -> bool:
        """Tell whether an element is marked as a list of notes or references."""
        if tag not in _MAY_LIST_NOTES or len(self.sinks) > 1 or self.lists:
            return False
        marks = " ".join(element.get(name) or "" for name in ("class", "id", "role"))
        return not _LISTS_OF_NOTES.isdisjoint(marks.casefold().split())

    def _start_other(self, tag: str, element: Any) -> None:
        if tag == "hr" and element.get("class") != "footnotes-sep":
            self.note(
                "A line across the page is left out: headings divide a text here."
            )

    def _end_other(self) -> None:
        """A container's end ends a paragraph, which has been done."""

    def _start_heading(self, tag: str, element: Any) -> None:
        if not self.lists and self.cell is None:
            self.heading = int(tag[1])

    def _end_heading(self) -> None:
        self.heading = 0

    def _start_caption(self, tag: str, element: Any) -> None:
        self.captioning = True

    def _end_caption(self) -> None:
        self.captioning = False

    def _start_figure(self, tag: str, element: Any) -> None:
        self.figure = None

    _end_figure = _end_other

    def _start_preformatted(self, tag: str, element: Any) -> None:
        self.preformatted += 1

    def _end_preformatted(self) -> None:
        self.preformatted -= 1

    # --- Lists ------------------------------------------------------------------------

    def _start_list(self, tag: str, element: Any) -> None:
        self.lists.append(tag == "ol")
        self.item_begun = False
        if self.items is None and self.cell is None:
            start = element.get("start") or "1"
            first = int(start) if start.isdecimal() and len(start) < 4 else 1
            self.items = Items([], self.line, first)

    def _end_list(self) -> None:
        if self.lists:
            self.lists.pop()
        self.item_begun = bool(self.lists)
        if not self.lists and self.items is not None:
            items, self.items = self.items, None
            if items.items:
                self.sinks[-1].append(items)

    def _start_item(self, tag: str, element: Any) -> None:
        self.item_begun = False

    _end_item = _end_other

    # --- Quotations -------------------------------------------------------------------

    def _attributes(self) -> bool:
        """Tell whether words here may name who is quoted."""
        return bool(self.quotes) and not self.lists and self.cell is None

    def _start_quote(self, tag: str, element: Any) -> None:
        self.quote_depth += 1
        if self.quote_depth == 1 and not self.lists and self.cell is None:
            self.quotes.append(Quote([], self.line))
            self.sinks.append(self.quotes[-1].parts)

    def _end_quote(self) -> None:
        self.quote_depth -= 1
        if self.quotes and self.quote_depth == 0:
            self.sinks.pop()
            quote = self.quotes.pop()
            if quote.parts or plain(quote.attribution):
                self.sinks[-1].append(quote)

    def _start_attribution(self, tag: str, element: Any) -> None:
        self.attributing = self._attributes()

    def _end_attribution(self) -> None:
        self.attributing = False

    # --- Tables -----------------------------------------------------------------------

    def _start_table(self, tag: str, element: Any) -> None:
        self.tables += 1
        if self.tables == 1 and not self.lists:
            self.table = Table([], self.line)

    def _end_table(self) -> None:
        self.tables -= 1
        if self.tables == 0 and self.table is not None:
            table, self.table = self.table, None
            table.rows = [row for row in table.rows if row]
            if table.rows:
                self.sinks[-1].append(table)

    def _start_row(self, tag: str, element: Any) -> None:
        if self.tables == 1 and self.table is not None:
            self.table.rows.append([])

    _end_row = _end_other

    def _start_cell(self, tag: str, element: Any) -> None:
        if self.tables != 1 or self.table is None:
            return
        if not self.table.rows:
            self.table.rows.append([])
        spans = (element.get(name) or "1" for name in ("colspan", "rowspan"))
        self.table.irregular |= any(span.strip() != "1" for span in spans)
        if len(self.table.rows) == 1:
            is_first = not self.table.rows[0]
            self.table.headed = tag == "th" and (is_first or self.table.headed)
        self.cell = []
        self.table.rows[-1].append(self.cell)

    def _end_cell(self) -> None:
        if self.tables == 1:
            self.cell = None
