"""BibTeX and BibLaTeX, read by bibtexparser."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from bibtexparser.library import Library
from bibtexparser.middlewares import parsestack
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter
from django.utils.translation import gettext as _

from evidence.formats import dates, preprints
from evidence.formats.bibtex_names import authors_of
from evidence.formats.bibtex_parents import inherit
from evidence.formats.bibtex_writing import NAMES, OURS, STUDY
from evidence.formats.latex import to_text, unescaped, unknown
from evidence.formats.records import Found, Refusal, draft
from evidence.formats.types import FROM_BIBTEX
from evidence.library.doi_in_text import doi_of
from evidence.vocabulary import Type

# It reports every broken block, which we report to the editor.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_WITHOUT_KEY = re.compile(
    r"(@(?!string\b|comment\b|preamble\b)[a-z]+[ \t]*[{(])"
    r"(?:\s*,)?(?=\s*[a-z][\w-]{0,40}\s{0,9}=\s{0,9}[\w{\"])",
    re.IGNORECASE,
)
_NO_WORKS = {"xdata", "set", "control"}  # of which others say that they are
_ADDRESSES = {"doi", "url", "pmid", "pmcid", "eprint", "file"}


_TEXTS = (
    *("title", "subtitle", "journal", "journaltitle", "booktitle", "maintitle"),
    *("publisher", "institution", "school", "organization"),
)


def read(text: str) -> Iterator[Found]:
    """Yield a draft for every work of ``text``, or a refusal for a broken one."""
    # Reference managers leave out the key, which says nothing here.
    for block, notes in _blocks(_WITHOUT_KEY.sub(r"\1nokey, ", text)):
        line = (block.start_line or 0) + 1
        if isinstance(block, Entry):
            if block.entry_type.lower() in _NO_WORKS:
                continue
            yield _read_entry(line, block, notes)
        elif isinstance(block, ParsingFailedBlock):
            yield Refusal(line, _reason(block))


def _blocks(text: str) -> list[tuple[Any, list[str]]]:
    """Return entries, abbreviations and broken blocks; keys may repeat."""
    found: list[tuple[Any, list[str]]] = []
    keys: dict[str, Entry] = {}
    for number, split in enumerate(Splitter(text).split().blocks):
        block: Any = split
        notes = []
        while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            if isinstance(block, DuplicateFieldKeyBlock):
                named = ", ".join(sorted(block.duplicate_keys))[:80]
                notes.append(
                    _("It has more than one “{field}”; the first is kept.").format(
                        field=named
                    )
                )
            block = block.ignore_error_block
        if isinstance(block, Entry):
            keys.setdefault(block.key.strip().casefold(), block)
            block.key = str(number)
        found.append((block, notes))
    library = Library()
    kept: list[Any] = [one for one, _ in found if isinstance(one, Entry | String)]
    library.add(kept, fail_on_duplicate_key=False)
    for step in parsestack.default_parse_stack():
        library = step.transform(library)  # in place
    for block, notes in found:
        if isinstance(block, Entry):
            notes += inherit(block, keys)
    return found


def _reason(block: ParsingFailedBlock) -> str:
    raw = (block.raw or "").strip().partition("\n")[0][:60]
    return _(
        "The entry that begins “{text}” is broken: a brace, a quotation "
        "mark or a comma is missing in it. Correct it in the file."
    ).format(text=raw)


def _read_entry(line: int, entry: Entry, notes: list[str]) -> Found:
    stated: dict[str, str] = {}
    for each in entry.fields:
        stated.setdefault(each.key.lower(), str(each.value))
    verbatim = OURS in stated
    said = {
        name: unescaped(value) if name in _ADDRESSES else to_text(value)
        for name, value in stated.items()
        if name not in ("author", "editor", "abstract", "keywords")
    }
    kind = said.get(OURS) or _type(entry.entry_type, said, notes)
    names = stated.get("author", "")
    if not names and stated.get("editor"):
        names = stated["editor"]
        notes.append(_("Its editors are kept as authors."))
    authors, more, unclear = authors_of(names, exact=verbatim)
    if verbatim:
        authors = _exact(said.get(NAMES, "")) or authors
    else:
        notes += [*unclear, *_unread(stated, names)]
    issued = _issued(said)
    article = kind in (Type.JOURNAL_ARTICLE, Type.PREPRINT)
    number = _first(said, "number")
    raw: dict[str, Any] = {
        "csl_type": kind,
        "title": _title(said, verbatim),
        "authors": authors,
        "more_authors": more,
        "container_title": _first(
            said, *_CONTAINERS[article], *_CONTAINERS[not article], "eventtitle"
        ),
        "publisher": _first(said, "publisher", "institution", "school", "organization"),
        **issued.fields(),
        "volume": _first(said, "volume"),
        "issue": _first(said, "issue") or (number if article else ""),
        "number": _first(said, "articlenumber") or ("" if article else number),
        "page": _pages(said, verbatim),
        "doi": _first(said, "doi") or ("" if verbatim else doi_of(_first(said, "url"))),
        "pmid": _pmid(said),
        "pmcid": _first(said, "pmcid", "pmc"),
        "url": _first(said, "url")
        or _address(said.get("howpublished", ""))
        or preprints.address(said, notes),
        "accessed": dates.day_of(said.get("urldate", "")),
        **{field: said.get(name) for field, name in STUDY.items()},
    }
    return draft(line, raw, [*notes, issued.note], verbatim=verbatim)


_CONTAINERS = {
    True: ("journal", "journaltitle"),
    False: ("booktitle", "maintitle"),
}


def _first(said: dict[str, str], *names: str) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _title(said: dict[str, str], verbatim: bool) -> str:
    title, subtitle = _first(said, "title"), _first(said, "subtitle")
    return f"{title}: {subtitle}" if subtitle and not verbatim else title


def _type(name: str, said: dict[str, str], notes: list[str]) -> str:
    name = name.lower()
    if preprints.is_preprint(name, said):
        return Type.PREPRINT
    if name not in FROM_BIBTEX:
        notes.append(
            _("The type “@{name}” is unknown here; check the type.").format(
                name=name[:40]
            )
        )
        name = "article" if "journal" in said else "misc"
    if name == "misc" and not _first(said, "url", "howpublished"):
        return Type.REPORT
    return FROM_BIBTEX[name]


def _unread(stated: dict[str, str], names: str) -> Iterator[str]:
    """Yield a sentence for each macro that stays as it is written, or is dropped."""
    texts = [stated[name] for name in _TEXTS if name in stated]
    macros = {macro for text in (names, *texts) for macro in unknown(text)}
    if macros:
        yield _("{macros} is not known here; look at the words it stands with.").format(
            macros=", ".join(sorted(macros))[:80]
        )


def _exact(text: str) -> list[dict[str, str]]:
    with suppress(ValueError, RecursionError):
        if isinstance(found := json.loads(text), list):
            return found
    return []


def _issued(said: dict[str, str]) -> dates.Published:
    stated = _first(said, "year", "date")
    if "date" in said and len(said["date"]) > 4:
        stated = said["date"]
    found = dates.parse(stated)
    month = said.get("month", "").strip()
    if not month or found.month or not found.year:
        return found
    number = int(month) if re.fullmatch(r"[0-9]{1,2}", month) else None
    named = dates.parse(f"{found.year} {month.replace('#', ' ')}")
    day = re.fullmatch(r"[0-9]{1,2}", said.get("day", "").strip())
    return dates.checked(
        found.year,
        number or named.month,
        int(day[0]) if day else named.day,
        found.note or named.note,
    )


def _pages(said: dict[str, str], verbatim: bool) -> str:
    pages = " ".join(_first(said, "pages", "eid").split())
    return pages if verbatim else re.sub(r" ?[-\u2013\u2014]+ ?", "-", pages)


def _pmid(said: dict[str, str]) -> str:
    if said.get("eprinttype", "").lower() in {"pubmed", "pmid"}:
        return said.get("eprint", "")
    return _first(said, "pmid")


def _address(text: str) -> str:
    found = re.search(r"https?://[^\s<>]+", text)
    return found[0] if found else ""
