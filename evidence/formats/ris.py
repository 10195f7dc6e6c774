"""RIS: lists of works as most databases write them; rispy reads each record."""

import re
from collections.abc import Iterator
from typing import Any

import rispy
from django.utils.translation import gettext as _

from evidence.formats import dates, people
from evidence.formats.records import Draft, Found, Refusal, draft
from evidence.formats.types import FROM_RIS
from evidence.library.doi_in_text import doi_of
from evidence.vocabulary import Type

_TAG = re.compile(r"^\s?([A-Z][A-Z0-9]) {1,2}-(?: |$)")
_LISTS = ["A1", "A2", "A3", "A4", "AU", "ED", "KW", "N1", "UR", "L1", "L2", "ID", "AN"]
_TAGS = [*rispy.TAG_KEY_MAPPING, "ED", "C8", "BT", "CT", "PM"]
# The tags without which nobody can tell what a work is.
_OF_A_WORK = {"TY", "TI", "T1", "CT", "BT", "AU", "A1", "JO", "JF", "T2", "DO", "PM"}
# A place within the book, the report or the proceedings.
_PARTS = {Type.CHAPTER, Type.CONFERENCE_PAPER}


def read(text: str) -> Iterator[Found]:
    """Yield a draft for every work of ``text``, or a refusal for a broken one."""
    waiting: Found | None = None
    for line, lines, closed in _records(text):
        if waiting is not None and _tells_of_no_work(lines):
            _note_what_follows(waiting, line, lines)
            continue
        if waiting is not None:
            yield waiting
        waiting = None
        if not lines[0].startswith("TY"):
            yield Refusal(
                line,
                _(
                    "A record begins here without its first line “TY  - ”. Add it, "
                    "such as “TY  - JOUR” for a journal article."
                ),
            )
        else:
            waiting = _read_record(line, lines, closed)
    if waiting is not None:
        yield waiting


def _tells_of_no_work(lines: list[str]) -> bool:
    """Return whether these are remarks, as some databases write behind a record."""
    return not any(line[:2] in _OF_A_WORK for line in lines)


def _note_what_follows(found: Found, line: int, lines: list[str]) -> None:
    if isinstance(found, Draft):
        sentence = _("What stands behind its end, in line {line}, is left out: {text}")
        found.notes.append(sentence.format(line=line, text=lines[0][:60]))


def _records(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield each record's first line, lines, and whether it is closed."""
    begun = 0
    # The tag of each, what it says, and how that goes on in the lines after it.
    lines: list[list[str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAG.match(line)
        tag = found[1] if found else ""
        if tag == "TY" and lines:
            yield begun, _joined(lines), False
            lines = []
        if found:
            if not lines:
                begun = number
            lines.append([tag, line[found.end() :]])
            if tag == "ER":
                yield begun, _joined(lines), True
                lines = []
        elif lines and line.strip():
            lines[-1].append(line)
    if lines:
        yield begun, _joined(lines), False


def _joined(lines: list[list[str]]) -> list[str]:
    """Return each field on one line, as rispy needs."""
    return [f"{tag}  - {' '.join(' '.join(said).split())}" for tag, *said in lines]


def _read_record(line: int, lines: list[str], closed: bool) -> Found:
    if not closed:
        lines = [*lines, "ER  - "]
    parsed = rispy.loads(
        "\n".join(lines),
        mapping={tag: tag for tag in _TAGS},
        list_tags=_LISTS,
        delimiter_tags_mapping={},
    )
    if len(parsed) != 1:
        return Refusal(line, _("This record cannot be read. Export it again."))
    record: dict[str, Any] = parsed[0]
    notes = (
        [] if closed else [_("Its last line “ER” is missing: see whether it is whole.")]
    )
    kind = _type(record, notes)
    authors, more = _authors(record, notes)
    issued = _issued(record)
    first, last = _one(record, "SP"), _one(record, "EP")
    links = [*record.get("UR", []), *record.get("L2", [])]
    number = _one(record, "IS")
    numbered = kind in {Type.REPORT, Type.LEGISLATION, Type.DATASET}
    raw = {
        "csl_type": kind,
        "title": _one(record, "TI", "T1", "CT", *(() if kind in _PARTS else ("BT",))),
        "authors": authors,
        "more_authors": more,
        "container_title": _one(record, "JO", "JF", "T2", "BT", "JA", "J2"),
        "publisher": _one(record, "PB"),
        **issued.fields(),
        "volume": _one(record, "VL"),
        "issue": "" if numbered else number,
        "number": number if numbered else "",
        "page": f"{first}-{last}"
        if last and last != first and "-" not in first
        else first,
        "doi": _doi(record),
        "pmid": _pmid(record),
        "pmcid": _found(r"\bPMC\d+", [_one(record, "C2"), _one(record, "C7")]),
        "url": " ".join(links),
        "accessed": dates.day_of(_one(record, "Y2")),
    }
    return draft(line, raw, [*notes, issued.note])


def _one(record: dict[str, Any], *tags: str) -> str:
    """Return the first non-blank value of ``tags``."""
    for tag in tags:
        value = record.get(tag, "")
        text = value[0] if isinstance(value, list) else value
        if text:
            return str(text)
    return ""


def _type(record: dict[str, Any], notes: list[str]) -> Type:
    name = str(record.get("TY", "")).strip().upper()
    if name not in FROM_RIS:
        notes.append(
            _("The type “{name}” is unknown here; check the type.").format(
                name=name[:40]
            )
        )
        name = "JOUR" if _one(record, "JO", "JF", "T2") else "GEN"
    return FROM_RIS[name]


def _authors(
    record: dict[str, Any], notes: list[str]
) -> tuple[list[dict[str, str]], bool]:
    listed = [*record.get("AU", []), *record.get("A1", [])]
    if not listed and (listed := [*record.get("ED", []), *record.get("A2", [])]):
        notes.append(_("Its editors are kept as authors."))
    short = {name: None for name in listed if _is_short(name)}
    if short:
        notes.append(people.read_as_initials(next(iter(short))))
    found = []
    for name in filter(str.strip, listed):
        if name in short:
            found.append(people.abbreviated(name))
        else:
            found += people.persons(name, notes)
    return [name for name in found if name], None in found


def _is_short(name: str) -> bool:
    """Return whether a name without a comma is like “Petrou PA”."""
    is_one = "," not in name and ";" not in name and not people.is_group(name)
    return is_one and people.is_abbreviated(name)


def _issued(record: dict[str, Any]) -> dates.Published:
    """Return the most precise of the dates that name the same year."""
    found = [dates.parse(_one(record, tag)) for tag in ("PY", "Y1", "DA")]
    known = [each for each in found if each.year]
    same = [each for each in known if each.year == known[0].year]
    if not same:
        return next((each for each in found if each.note), dates.Published())
    return max(same, key=lambda each: bool(each.month) + bool(each.day))


def _doi(record: dict[str, Any]) -> str:
    """Return the DOI, which some exports hide in a note or an address."""
    if stated := _one(record, "DO"):
        return stated
    places = [_one(record, tag) for tag in ("M3", "N1", "L3", "C7")]
    places += record.get("UR", [])
    return next((doi for place in places if (doi := doi_of(place))), "")


def _pmid(record: dict[str, Any]) -> str:
    if stated := _one(record, "PM"):
        return stated
    if "pubmed" in _one(record, "DB", "DP").lower():
        return _found(r"^\d{1,9}$", record.get("AN", []))
    hinted = [*record.get("AN", []), *record.get("N1", []), *record.get("ID", [])]
    number = _found(r"PMID\s*:?\s*\d{1,9}", hinted)
    return (
        number or _found(r"pubmed\S*/\d{1,9}", record.get("UR", [])).rpartition("/")[2]
    )


def _found(pattern: str, texts: list[str]) -> str:
    for text in texts:
        if match := re.search(pattern, text):
            return match[0]
    return ""
