"""Reads HTML, element by element, into the parts of an article."""

import re
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from articles.importing.reading import callouts
from articles.importing.reading.document import (
    Anchor,
    Break,
    Callout,
    Close,
    Items,
    Open,
    Quote,
    plain,
)
from articles.importing.reading.tables import TableReader

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
        *("abbr", "acronym", "bdi", "bdo", "big", "code", "data", "font", "ins", "kbd"),
        *("label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "samp", "small"),
        *("span", "time", "tt", "u", "wbr"),
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
_MARKED = re.compile(
    r"(?:footnotes?|endnotes?|references?|bibliography)"
    r"[-_](?:table|list|section|container|wrapper|body|block)"
)
_MAY_LIST_NOTES = frozenset(
    {"section", "div", "aside", "ol", "ul", "dl", "table", "details", "footer"}
)
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


class Reader(TableReader):
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
        if self.callout is None and len(self.sinks) == 1 and not self.lists:
            self._start_callout(element)
        getattr(self, f"_start_{self._kind(tag, element)}")(tag, element)

    def end(self, tag: str, element: Any) -> None:
        if tag in _INLINE and self.open and not (tag == "cite" and self.attributing):
            closed = self.open.pop()
            self.words.append(Close(closed.tag))
        elif tag not in _TRANSPARENT and tag not in ("br", "img"):
            self.flush()
            getattr(self, f"_end_{self._kind(tag, element)}")()
            self.let_go()
            if element is self.callout_element:
                self._end_callout()
            if element is self.listing:
                self.listing = None
                self.sinks.pop()

    def _kind(self, tag: str, element: Any) -> str:
        is_title = self.callout is not None and callouts.is_title(element)
        return "heading" if is_title else _KINDS.get(tag, "other")

    def _lists_notes(self, tag: str, element: Any) -> bool:
        """Return whether an element is marked as a list of notes or references."""
        if tag not in _MAY_LIST_NOTES or len(self.sinks) > 1 or self.lists:
            return False
        marks = " ".join(element.get(name) or "" for name in ("class", "id", "role"))
        return any(
            mark in _LISTS_OF_NOTES or _MARKED.fullmatch(mark)
            for mark in marks.casefold().split()
        )

    def _start_other(self, tag: str, element: Any) -> None:
        if tag == "hr" and element.get("class") != "footnotes-sep":
            self.note(
                _("A line across the page is left out: headings divide a text here.")
            )

    def _end_other(self) -> None:
        """A container's end ends a paragraph, which has been done."""

    # --- What is set apart ------------------------------------------------------------

    def _start_callout(self, element: Any) -> None:
        if (
            self.cell is None
            and self.table is None
            and (kind := callouts.kind(element))
        ):
            self.callout = Callout(kind, [], self.line)
            self.callout_element = element
            self.sinks.append(self.callout.parts)

    def _end_callout(self) -> None:
        callout, self.callout, self.callout_element = self.callout, None, None
        self.sinks.pop()
        if callout is not None and callout.parts:
            callouts.take_heading(callout)
            self.sinks[-1].append(callout)

    def _start_heading(self, tag: str, element: Any) -> None:
        if not self.lists and self.cell is None:
            self.heading = int(tag[1]) if tag[1:].isdigit() else 6

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
            if (
                element.get("reversed") is not None
                or element.get("type", "1") in "aAiI"
            ):
                self.note(
                    _("This list counts with letters or backwards; here, with 1.")
                )
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
        """Return whether words here may name who is quoted."""
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
                self.sinks[-1].append(callouts.of_quotation(quote) or quote)

    def _start_attribution(self, tag: str, element: Any) -> None:
        self.attributing = self._attributes()

    def _end_attribution(self) -> None:
        self.attributing = False
