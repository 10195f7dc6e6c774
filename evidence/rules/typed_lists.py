"""Publishing rules for lists of references that are typed into the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText

from core.blocks.correction import CorrectionBlock
from core.blocks.text import HeadingBlock, ItemListBlock
from core.prefetch.walk import Place, walk
from core.publishing.gate import Level, Problem, register, shared
from core.publishing.rules import problem_at
from core.publishing.rules.findings import quoted
from core.text.plain_text import plain
from evidence.library.title_keys import LONG_ENOUGH, comparable
from evidence.models import Reference
from evidence.rules.cited import cited
from evidence.rules.cut_off import end_of, is_cut_off, is_identifier_cut_off
from evidence.rules.entry_shape import NUMBER, is_entry
from evidence.rules.typed_numbers import numbers_in, typed_numbers, with_raised

_NAMES = frozenset(
    {
        *("references", "reference list", "list of references", "bibliography"),
        *("literature cited", "works cited", "cited works"),
        *("notes and references", "references and notes"),
        *("literatur", "literaturverzeichnis", "einzelnachweise"),
    }
)
# What other things are called as well: one that lists no work is no list of references.
_PERHAPS = frozenset(
    {
        *("sources", "our sources", "source", "citations", "footnotes", "endnotes"),
        *("further reading", "studies", "studies cited", "quellen", "quellenangaben"),
        *("quellenverzeichnis", "references and further reading"),
    }
)
# “5. References”, “References (12)”
_COUNTED = re.compile(r"^\s*\d{1,2}[.)]?\s+|\s*\(\d{1,3}\)\s*:?\s*$")
_DOI = re.compile(r"\b10\.\d{4,9}/\S*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# What every entry has: a year, an identifier or an address.
_ENTRY = re.compile(r"\b(?:19|20)\d\d\b|\b10\.\d{4,9}/|\bPMID\b|https?://")
# “Effects of mesenchymal… Brain 2020”; authors are left out after a comma.
_TITLE_CUT_OFF = re.compile(r"\w(?:…|\.\.\.)[.”\"]?\s+[A-Z]")
_NEAR = 60  # characters between an author and the year of a citation in words


@dataclass
class TypedList:
    """A list of references in the text of a page.

    Attributes:
        place: Where its heading stands or, without one, its first entry.
        entries: Its entries, without their numbers, by number.
        lines: The same as they are typed.
        spots: The blocks that hold it: field and position.
    """

    place: Place
    has_heading: bool = False
    is_certain: bool = True
    entries: dict[int, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    spots: set[tuple[str, int]] = field(default_factory=set)

    def add(self, place: Place, line: str) -> None:
        self.spots.add((place.field, place.position))
        words = line.strip()
        if not words:
            return
        self.lines.append(words)
        number = NUMBER.match(words)
        key = int(next(filter(None, number.groups()))) if number else 0
        if not key or key in self.entries:
            key = max(self.entries, default=0) + 1
        self.entries[key] = words[number.end() :] if number else words


@shared
def typed_lists(page: Any) -> list[TypedList]:
    """Return the lists of references that are typed on ``page``."""
    lists: list[TypedList] = []
    current: TypedList | None = None
    outermost: tuple[str, int] | None = None
    is_note = False
    for place in walk(page):
        where = place.field, place.position
        if where != outermost:
            outermost = where
            current = _goes_on(place, current, lists)
            is_note = isinstance(place.block, CorrectionBlock)
        if isinstance(place.value, RichText) and not is_note:
            lines = plain(place.value.source).split("\n")
            if not current and (alone := _of_entries(place, lines)):
                lists.append(alone)
                continue
            for line in lines:
                if begun := _begun(place, line, lists):
                    current = begun
                elif current:
                    current.add(place, line)
    return [each for each in lists if each.is_certain or _are_mostly_entries(each)]


def _goes_on(
    place: Place, current: TypedList | None, lists: list[TypedList]
) -> TypedList | None:
    """Return the list that the block at ``place`` begins or goes on with."""
    if isinstance(place.block, HeadingBlock):
        return _begun(place, place.value["text"] or "", lists)
    if current and place.field != current.place.field:
        current = None
    if isinstance(place.block, ItemListBlock):
        if not current and (alone := _without_heading(place)):
            lists.append(alone)
        return current
    return current if place.name == "paragraph" else None


def _begun(place: Place, words: str, lists: list[TypedList]) -> TypedList | None:
    if not _is_name(words):
        return None
    is_certain = _name_in(words) in _NAMES
    begun = TypedList(place, has_heading=True, is_certain=is_certain)
    begun.spots.add((place.field, place.position))
    lists.append(begun)
    return begun


def _is_name(words: str) -> bool:
    return _name_in(words) in _NAMES | _PERHAPS


def _name_in(words: str) -> str:
    return _COUNTED.sub("", " ".join(words.split())).strip(" :.").casefold()


def _without_heading(place: Place) -> TypedList | None:
    """Return a list block of which every item is an entry."""
    items = [plain(item.source) for item in place.value["items"] if item]
    return _of_entries(place, [" ".join(item.split()) for item in items])


def _of_entries(place: Place, lines: list[str]) -> TypedList | None:
    """Return a list of ``lines`` if each is an entry and there are two at least."""
    entries = [line for line in lines if line.strip()]
    if len(entries) < 2 or not all(map(is_entry, entries)):
        return None
    alone = TypedList(place)
    for entry in entries:
        alone.add(place, entry)
    return alone


def _are_mostly_entries(listed: TypedList) -> bool:
    return sum(map(is_entry, listed.lines)) * 2 > len(listed.lines)


@register
class TypedReferenceList:
    """Warns of a typed list of references beside the automatic one."""

    code = "typed-reference-list"
    title = _("List of references typed beside the automatic one")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not cited(page).works:
            return
        for listed in typed_lists(page):
            yield problem_at(
                listed.place,
                self,
                gettext(
                    "A list of references is typed here, and the page prints one of "
                    "its own: readers meet two. Cite each work with /citation where "
                    "the text rests on it, and delete this list."
                ),
            )


@register
class UncitedEntry:
    """Warns of entries in a typed list that nothing in the text refers to."""

    code = "uncited-entry"
    title = _("Entry that is listed and never cited")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        works = list(cited(page).works.values())
        for listed in typed_lists(page):
            text = _text_outside(page, listed)
            numbers: set[int] = set()
            for typed in typed_numbers(text, max(listed.entries, default=0)):
                numbers |= numbers_in(typed)
            uncited = [
                Truncator(entry).chars(60)
                for number, entry in listed.entries.items()
                if _ENTRY.search(entry)
                and number not in numbers
                and not _is_named_in(text, entry)
                and not any(is_entry_of(work, entry) for work in works)
            ]
            if uncited:
                yield problem_at(
                    listed.place,
                    self,
                    gettext(
                        "Listed, and cited nowhere in the text: {entries}. Cite each "
                        "work with /citation where the text rests on it, or take the "
                        "entry out."
                    ).format(entries=quoted(uncited)),
                )


@register
class CutOffEntry:
    """Warns of typed entries that end in the middle."""

    code = "cut-off-entry"
    title = _("Entry that ends in the middle")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        for listed in typed_lists(page):
            cut_off = [
                end_of(entry) for entry in listed.entries.values() if _is_cut_off(entry)
            ]
            if cut_off:
                yield problem_at(
                    listed.place,
                    self,
                    gettext(
                        "An entry seems to be cut off: {entries}. Complete it or, "
                        "better, cite the work with /citation."
                    ).format(entries=quoted(cut_off)),
                )


def _is_cut_off(entry: str) -> bool:
    dois = _DOI.findall(entry)
    last = bool(dois) and entry.rstrip().endswith(dois[-1])
    # The full stop after the last DOI ends the entry.
    return (
        is_cut_off(entry)
        or bool(_TITLE_CUT_OFF.search(entry))
        or (last and is_identifier_cut_off(dois[-1].removesuffix(".")))
    )


def _text_outside(page: Any, listed: TypedList) -> str:
    """Return the running text of ``page`` but for the blocks of the list.

    What stands above its heading in the same block counts as well.
    """
    outside = []
    for place in walk(page):
        if not isinstance(place.value, RichText):
            continue
        text = with_raised(place.value.source)
        if (place.field, place.position) not in listed.spots:
            outside.append(text)
        elif place.position == listed.place.position:
            lines = text.split("\n")
            named = (n for n, line in enumerate(lines) if _is_name(line))
            outside.append("\n".join(lines[: next(named, 0)]))
    return "\n".join(outside)


def _is_named_in(text: str, entry: str) -> bool:
    """Return whether ``text`` names an entry's first author near its year."""
    author, years = re.match(r"[^\W\d_][\w’'-]{2,}", entry), _YEAR.findall(entry)  # noqa: RUF001
    return author is not None and any(
        re.search(rf"\b{re.escape(author[0])}\b[^\n]{{0,{_NEAR}}}\b{year}\b", text)
        for year in set(years)
    )


def is_entry_of(work: Reference, entry: str) -> bool:
    """Return whether ``entry`` is that of ``work``."""
    if work.doi and work.doi in entry.casefold():
        return True
    if work.pmid and re.search(rf"\b{re.escape(work.pmid)}\b", entry):
        return True
    return len(work.title_key) >= LONG_ENOUGH and work.title_key in comparable(entry)
