"""Converts one file into the fields of a draft."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.importing.drafting import reference_list
from articles.importing.drafting.about import About
from articles.importing.drafting.blocks import Blocks
from articles.importing.drafting.library import Library
from articles.importing.drafting.linking import Links, SitePages
from articles.importing.drafting.naming import Names
from articles.importing.drafting.pictures import Pictures
from articles.importing.drafting.reference_list import Entry
from articles.importing.drafting.rich_text import Problem, Writer
from articles.importing.reading import (
    front_matter,
    markdown,
    site_tags,
    typed_citations,
    web_page,
)
from articles.importing.reading.document import (
    Anchor,
    Document,
    Heading,
    Paragraph,
    Text,
    hrefs,
    inlines,
    plain,
)
from articles.importing.reading.front_matter import FrontMatter
from articles.importing.reading.html import Reader
from articles.importing.reading.sources import HTML, Refused, Source, text_of

MOST_PIECES = 5_000  # of one paragraph, besides words
_KEPT_LIST = _("References that are not in the library")


@dataclass
class Surroundings:
    """What all files of one import share: library, names, pictures, links."""

    library: Library
    names: Names
    pages: SitePages
    pictures: Pictures
    siblings: dict[str, int]


class Article:
    """Converts one file; ``fields`` then holds the draft.

    Raises:
        Refused: The file cannot become an article.
    """

    def __init__(self, source: Source, around: Surroundings) -> None:
        self.source, self.around = source, around
        self.problems: list[Problem] = []
        text, note = text_of(source.data)
        if note:
            self.problems.append(Problem(1, "", note))
        front = front_matter.split(text)
        self.document = Document()
        head = self._read(front)
        self.about = About(source.path, front, head, self.document, self._note)
        self.counted: dict[str, int] = {}
        self.fields = self._fields()

    def _read(self, front: FrontMatter) -> dict[str, str]:
        """Read the text, and return what the head of an HTML file says."""
        head: dict[str, str] = {}
        is_html = self.source.suffix in HTML
        first = front.length + 1
        text = site_tags.read(front.rest, self._note, is_html=is_html, first_line=first)
        html = text if is_html else markdown.as_html(text, first)
        if html.strip():
            page = web_page.parse(html, first if is_html else 0)
            head = {**page.meta, "head_title": page.title}
            for line, words, what in page.left_out:
                self._note(line, words, what)
            Reader(self.document, blank_alt_is_decorative=is_html).read(page.root)
        for line, typed, sentence in self.document.notes:
            self._note(line, typed, sentence)
        return head

    def _note(self, line: int, typed: str, sentence: str) -> None:
        self.problems.append(Problem(line, typed[:120], sentence))

    def _fields(self) -> dict[str, Any]:
        about, names = self.about, self.around.names
        title = about.title()
        fields: dict[str, Any] = {"title": title, "slug": about.slug(title)}
        fields |= about.summaries()
        fields["body"], self.counted = self._body()
        fields |= self._lead_image()
        fields["topic"] = about.topic(names, self.problems)
        fields["contributions"] = about.contributions(names, self.problems)
        about.report_unknown()
        once = dict.fromkeys(self.problems)
        self.problems = sorted(once, key=lambda problem: problem.line)
        return fields

    def _lead_image(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "lead_image": None,
            "lead_image_alt": self.about.text("lead_image_alt"),
            "lead_image_caption": self.about.text("lead_image_caption"),
        }
        if src := self.about.text("lead_image", 2000):
            _, line = self.about.value("lead_image")
            number, reason = self.around.pictures.find(self.source.path, src)
            fields["lead_image"] = number or None
            if not number:
                left_out = gettext("The lead image is left out.")
                self._note(line, src, f"{left_out} {reason}")
        return fields

    # --- The text ---------------------------------------------------------------------

    def _body(self) -> tuple[list[dict[str, Any]], dict[str, int]]:
        document = self.document
        entries = self._entries()
        by_key = {entry.key: entry for entry in entries}
        names = {name: entry.key for entry in entries for name in entry.names}
        runs = list(inlines(document.parts))
        _refuse_endless(runs)
        numbers = {key for key in by_key if key.isdigit()}
        typed_citations.mark(runs, numbers, names)
        links = Links(
            self.source.path,
            self.around.siblings,
            self.around.pages,
            _anchors(document.parts),
            self._note,
        )
        writer = Writer(by_key, links.target)
        blocks = Blocks(
            writer,
            lambda src: self.around.pictures.find(self.source.path, src),
            {href[1:] for words in runs for href in hrefs(words) if href[0] == "#"},
        )
        body = blocks.add(document.parts)
        for words in [*runs, *_heading_words(document.parts)]:
            self._report_left_over(words, bool(entries))
        kept = self._kept(entries, bool(writer.citations))
        body += Blocks(writer, lambda src: (0, "")).add(kept)
        for problem in writer.problems:
            self._note(problem.line, problem.typed, problem.sentence)
        if not body:
            self._note(1, "", gettext("The article has no text."))
        return body, {
            "citations": writer.citations,
            "matched": writer.matched,
            **Counter(block["type"] for block in body),
        }

    def _entries(self) -> list[Entry]:
        unique: dict[str, Entry] = {}
        for entry in reference_list.take(self.document):
            if entry.key in unique:
                sentence = gettext(
                    "Two entries of the list have the number {number}."
                ).format(number=entry.key)
                self._note(entry.line, entry.text, sentence)
                entry.key = f"#{len(unique)}-{entry.key}"
            entry.found = self.around.library.find(entry.searched)
            unique[entry.key] = entry
        return list(unique.values())

    def _report_left_over(self, words: list[Any], has_list: bool) -> None:
        why = (
            gettext(
                "If this is a citation, put it in by hand: it fits no number of "
                "the list."
            )
            if has_list
            else gettext(
                "If this is a citation, put it in by hand: the file has no list of "
                "references."
            )
        )
        for line, typed in typed_citations.left_over(words):
            self._note(line, typed, why)

    def _kept(self, entries: Iterable[Entry], has_citations: bool) -> list[Any]:
        """Return the entries of the list that no citation replaces."""
        kept: list[Any] = []
        for entry in entries:
            if entry.cited:
                continue
            number = "" if entry.key.startswith("#") else f"[{entry.key}] "
            words = [Text(number, entry.line), *entry.words]
            kept.append(Paragraph(words, entry.line))
            why = entry.found.reason or gettext("Nothing in the text cites it.")
            stays = gettext("It stays at the end of the draft, as typed.")
            self._note(entry.line, f"{number}{entry.text}", f"{why} {stays}")
        if kept:
            heading = Heading(2, [Text(str(_KEPT_LIST), kept[0].line)], kept[0].line)
            kept.insert(0, heading)
        return kept


def _refuse_endless(runs: Iterable[list[Any]]) -> None:
    """Refuse content that would take the editor minutes to save."""
    for words in runs:
        if sum(not isinstance(token, Text) for token in words) > MOST_PIECES:
            line = next((t.line for t in words if isinstance(t, Text)), 1)
            raise Refused(
                gettext(
                    "Line {line}: a paragraph has more than {most} line breaks, links "
                    "and notes. Divide it."
                ).format(line=line, most=f"{MOST_PIECES:,}")
            )


def _heading_words(parts: Iterable[Any]) -> Iterable[list[Any]]:
    return (part.words for part in parts if isinstance(part, Heading))


def _anchors(parts: Iterable[Any]) -> dict[str, str]:
    """Map the heading names that links may use to the anchors used here."""
    anchors: dict[str, str] = {}
    for part in parts:
        if isinstance(part, Heading):
            slug = slugify(plain(part.words))[:60] or "section"
            names = [t.name for t in part.words if isinstance(t, Anchor)]
            anchors.setdefault(slug, slug)
            for name in names:
                is_kept = name == slugify(name) and len(name) <= 80
                anchors.setdefault(name, name if is_kept else slug)
    return anchors
