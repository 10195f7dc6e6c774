"""BibTeX and BibLaTeX, read by bibtexparser."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from bibtexparser.library import Library
from bibtexparser.middlewares import parsestack
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from evidence.formats import dates
from evidence.formats.latex import to_text, unescaped
from evidence.formats.records import Found, Refusal, draft
from evidence.formats.types import FROM_BIBTEX
from evidence.vocabulary import Type

# It reports every broken block, which we report to the editor.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

# Fields of ours by the field of `Reference`; the names say what they hold.
STUDY = {
    "study_design": "studydesign",
    "population": "studypopulation",
    "sample_size": "samplesize",
    "species": "studiedin",
    "funding": "funding",
    "status": "recordstatus",
}
# Says that this library has written the entry, so that `csltype` and text are exact.
OURS = "csltype"
# Of our entries: the authors as CSL has them, where BibTeX cannot say it all.
NAMES = "cslauthor"
_ADDRESSES = {"doi", "url", "pmid", "pmcid", "eprint", "file"}


def read(text: str) -> Iterator[Found]:
    """Yield every work of ``text``, and a refusal for each that is broken."""
    for block, notes in _blocks(text):
        line = (block.start_line or 0) + 1
        if isinstance(block, Entry):
            yield _read_entry(line, block, notes)
        elif isinstance(block, ParsingFailedBlock):
            yield Refusal(line, _reason(block))


def _blocks(text: str) -> list[tuple[Any, list[str]]]:
    """Return entries, abbreviations and broken blocks; two entries may share a key."""
    found = []
    for number, split in enumerate(Splitter(text).split().blocks):
        block: Any = split
        notes = []
        while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            if isinstance(block, DuplicateFieldKeyBlock):
                named = ", ".join(sorted(block.duplicate_keys))[:80]
                notes.append(f"It has more than one “{named}”; the first is kept.")
            block = block.ignore_error_block
        if isinstance(block, Entry):
            block.key = str(number)
        found.append((block, notes))
    library = Library()
    kept: list[Any] = [one for one, _ in found if isinstance(one, Entry | String)]
    library.add(kept, fail_on_duplicate_key=False)
    for step in parsestack.default_parse_stack():
        library = step.transform(library)  # in place
    return found


def _reason(block: ParsingFailedBlock) -> str:
    raw = (block.raw or "").strip().partition("\n")[0][:60]
    return (
        f"The entry that begins “{raw}” is broken: a brace, a quotation mark or a "
        "comma is missing in it. Correct it in the file."
    )


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
        notes.append("Its editors are kept as authors.")
    authors, more = authors_of(names)
    if verbatim:
        authors = _exact(said.get(NAMES, "")) or authors
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
        "doi": _first(said, "doi"),
        "pmid": _pmid(said),
        "pmcid": _first(said, "pmcid", "pmc"),
        "url": _first(said, "url") or _address(said.get("howpublished", "")),
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
    if said.get("archiveprefix") or said.get("eprinttype") == "arxiv":
        return Type.PREPRINT
    if name not in FROM_BIBTEX:
        notes.append(f"The type “@{name[:40]}” is unknown here; check the type.")
        name = "article" if "journal" in said else "misc"
    if name == "misc" and not _first(said, "url", "howpublished"):
        return Type.REPORT
    return FROM_BIBTEX[name]


def authors_of(text: str) -> tuple[list[dict[str, str]], bool]:
    """Return the names of a list, and whether there are others."""
    found, more = [], False
    for name in split_multiple_persons_names(text):
        if re.fullmatch(r"others|et\.?\s*al\.?", name.strip(), re.IGNORECASE):
            more = True
        elif read := _name(name):
            found.append(read)
    return found, more


def _exact(text: str) -> list[dict[str, str]]:
    with suppress(ValueError, RecursionError):
        if isinstance(found := json.loads(text), list):
            return found
    return []


def _name(text: str) -> dict[str, str]:
    text = " ".join(text.split())
    if _is_group(text):
        return {"literal": to_text(text).strip()}
    parts = parse_single_name_into_parts(text, strict=False)
    name = {
        "family": " ".join(parts.last),
        "given": " ".join(parts.first),
        "non-dropping-particle": " ".join(parts.von),
        "suffix": " ".join(parts.jr),
    }
    if not name["family"]:  # “de, Jan” is all particle
        name["family"] = name.pop("non-dropping-particle")
    printed = {part: to_text(value).strip() for part, value in name.items()}
    return {part: value for part, value in printed.items() if value}


def _is_group(text: str) -> bool:
    """Tell whether one pair of braces holds the whole name."""
    if not text.startswith("{"):
        return False
    depth = 0
    for place, char in enumerate(text):
        escaped = text[place - 1 : place] == "\\"
        depth += ((char == "{") - (char == "}")) * (not escaped)
        if depth == 0:
            return place == len(text) - 1
    return False


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
