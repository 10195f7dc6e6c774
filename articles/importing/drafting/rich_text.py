"""Converts text to rich text, in the form in which the editor stores it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from uuid import uuid4

from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from articles.importing.drafting.reference_list import Entry
from articles.importing.reading.document import (
    Break,
    Cite,
    Close,
    Inline,
    Item,
    Open,
    Text,
    plain,
)
from core.blocks.prose import INLINE, PROSE

# A link to a page passes through the converter as one to a host that nobody can type,
# so that it does not ask the database for each.
_PAGES = f"https://{uuid4().hex}.invalid/"
_PAGE_LINK = re.compile(rf'<a href="{re.escape(_PAGES)}(\d+)">')
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# Spaces beside formatting settle only when it has been opened and stored again.
_TIMES = 4
_EMPTY = re.compile(r"<(a|b|i|sup|sub)(?: [^<>]*)?>(\s*)</\1>")


@dataclass(frozen=True)
class Problem:
    """Something an editor must check: its line, the typed text and the reason."""

    line: int
    typed: str
    sentence: str


@dataclass
class Writer:
    """Turns words into rich text.

    Attributes:
        entries: The list of works by the keys that citations use.
        link: Returns the ``href`` to store, or the number of a page; blank: no link.
        problems: What could not be kept as it was typed.
        citations: How many citations there are; ``matched``: how many became one.
    """

    entries: Mapping[str, Entry]
    link: Callable[[Open], str | int]
    problems: list[Problem] = field(default_factory=list)
    citations: int = 0
    matched: int = 0

    def note(self, line: int, typed: str, sentence: str) -> None:
        self.problems.append(Problem(line, typed[:120], sentence))

    # --- Whole values -----------------------------------------------------------------

    def inline(self, words: Inline) -> str:
        """Return the value of a field without paragraphs of its own."""
        html = self.html(words)
        return stored(f"<p>{html}</p>", INLINE) if html.strip() else ""

    def paragraph(self, words: Inline) -> str:
        """Return a paragraph as HTML, "" for one without words."""
        html = self.html(words)
        return f"<p>{html}</p>" if html.strip() else ""

    def prose(self, pieces: Iterable[str]) -> str:
        return stored("".join(pieces), PROSE)

    def nested(self, items: Sequence[Item]) -> str:
        """Return a list, within which others may be, as HTML."""
        html: list[str] = []
        open_lists: list[str] = []
        for item in items:
            depth = min(item.depth, len(open_lists))
            while len(open_lists) > depth + 1:
                html.append(f"</li></{open_lists.pop()}>")
            if len(open_lists) == depth + 1:
                html.append("</li>")
            else:
                open_lists.append("ol" if item.ordered else "ul")
                html.append(f"<{open_lists[-1]}>")
            html.append(f"<li>{self.html(item.words)}")
        html += (f"</li></{name}>" for name in reversed(open_lists))
        return "".join(html)

    # --- Words ------------------------------------------------------------------------

    def html(self, words: Inline) -> str:
        """Return words as HTML of the few elements that rich text has here."""
        html: list[str] = []
        stack: list[tuple[str, bool]] = []
        cites: list[str] = []  # no citation stands within a link: it could not be saved
        for token in words:
            match token:
                case Text() if html and html[-1] == "<br/>":
                    html.append(escape(token.text.lstrip()))
                case Text():
                    html.append(escape(token.text))
                case Break():
                    html.append("<br/>")
                case Cite():
                    linked = any(tag == "a" and is_open for tag, is_open in stack)
                    (cites if linked else html).append(self._citation(token))
                case Open():
                    html.append(self._opened(token, stack))
                case Close():
                    html += _closed(token.tag, stack)
                    if token.tag == "a":
                        html += cites
                        cites = []
        while stack:
            html += _closed(stack[-1][0], stack)
        return _tidy("".join([*html, *cites]))

    def _opened(self, token: Open, stack: list[tuple[str, bool]]) -> str:
        if any(tag == token.tag and is_open for tag, is_open in stack):
            stack.append((token.tag, False))
            return ""
        if token.tag != "a":
            stack.append((token.tag, True))
            return f"<{token.tag}>"
        target = self.link(token) if token.href else ""
        stack.append(("a", bool(target)))
        if isinstance(target, int):
            target = f"{_PAGES}{target}"
        return f'<a href="{escape(target)}">' if target else ""

    def _citation(self, cite: Cite) -> str:
        self.citations += 1
        html, missing = [], []
        for key in cite.keys:
            entry = self.entries.get(key)
            if entry is None or not entry.found.pk:
                missing.append((key, entry))
                continue
            entry.cited = True
            locator = cite.locator if len(cite.keys) == 1 else ""
            locator = f' locator="{escape(locator)}"' if locator else ""
            html.append(f'<embed embedtype="citation" id="{entry.found.pk}"{locator}/>')
        if not missing:
            self.matched += 1
            return "".join(html)
        self._report(cite, missing)
        if html:
            rest = ", ".join(key.lstrip("#") for key, _ in missing)
            return "".join(html) + escape(f" ({rest})")
        typed = escape(cite.typed)
        return f"<sup>{typed}</sup>" if cite.shape == "sup" else str(typed)

    def _report(self, cite: Cite, missing: list[tuple[str, Entry | None]]) -> None:
        unlisted = ", ".join(key for key, entry in missing if entry is None)
        unknown = ", ".join(
            f"“{entry.text[:60]}{'…' if len(entry.text) > 60 else ''}”"
            for _, entry in missing
            if entry is not None
        )
        sentences = [_("It stays as typed.")]
        if unlisted:
            missing_number = _("The list has no number {number}.")
            sentences.insert(0, missing_number.format(number=unlisted))
        if unknown:
            not_found = _("Not found in the library: {entries}.")
            sentences.insert(0, not_found.format(entries=unknown))
        self.note(cite.line, cite.typed, " ".join(sentences))

    def words(self, words: Inline) -> str:
        """Return plain text for a field that holds no rich text."""
        for token in words:
            if isinstance(token, Cite):
                self.citations += 1
                self.note(
                    token.line,
                    token.typed,
                    _("There can be no citation here. Put it into the text."),
                )
        return plain(words)


def _closed(tag: str, stack: list[tuple[str, bool]]) -> list[str]:
    """Close what was opened last under ``tag``, and whatever was opened within."""
    if all(name != tag for name, _ in stack):
        return []
    html = []
    while stack:
        name, is_open = stack.pop()
        html.append(f"</{name}>" if is_open else "")
        if name == tag:
            break
    return html


def _tidy(html: str) -> str:
    """Remove empty formatting, which the editor cannot store."""
    while True:
        tidied = _EMPTY.sub(r"\2", html)
        if tidied == html:
            return html
        html = tidied


@cache
def _converter(features: tuple[str, ...]) -> ContentstateConverter:
    return ContentstateConverter(features)


def stored(html: str, features: Sequence[str]) -> str:
    """Return ``html`` as the editor would store it, without unknown elements."""
    converter = _converter(tuple(features))
    saved = ""
    for _time in range(_TIMES):
        saved, html = html, converter.from_database_format(html)
        html = _BLOCK_KEY.sub("", converter.to_database_format(html))
        if saved == html:
            break
    return _PAGE_LINK.sub(r'<a linktype="page" id="\1">', html)
