"""RIS: lists of works as most databases write them; rispy reads each record."""

import re
from collections.abc import Iterator
from typing import Any

import rispy

from evidence.formats import dates
from evidence.formats.people import person
from evidence.formats.records import Found, Refusal, draft
from evidence.formats.types import FROM_RIS
from evidence.vocabulary import Type

_TAG = re.compile(r"^\s?([A-Z][A-Z0-9]) {1,2}-(?: |$)")
_LISTS = ["A1", "A2", "A3", "A4", "AU", "ED", "KW", "N1", "UR", "L1", "L2", "ID", "AN"]
_TAGS = [*rispy.TAG_KEY_MAPPING, "ED", "C8", "BT", "CT", "PM"]
# A place within the book, the report or the proceedings.
_PARTS = {Type.CHAPTER, Type.CONFERENCE_PAPER}


def read(text: str) -> Iterator[Found]:
    """Yield every work of ``text``, and a refusal for each that is broken."""
    for line, lines, closed in _records(text):
        if not lines[0].startswith("TY"):
            yield Refusal(
                line,
                "A record begins here without its first line “TY  - ”. Add it, such as "
                "“TY  - JOUR” for a journal article.",
            )
        else:
            yield _read_record(line, lines, closed)


def _records(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield where a record begins, its lines, and whether it is closed."""
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
    """Return each on one line, as rispy reads it."""
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
        return Refusal(line, "This record cannot be read. Export it again.")
    record: dict[str, Any] = parsed[0]
    notes = (
        [] if closed else ["Its last line “ER” is missing: see whether it is whole."]
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
        "url": links[0] if links else "",
        "accessed": dates.day_of(_one(record, "Y2")),
    }
    return draft(line, raw, [*notes, issued.note])


def _one(record: dict[str, Any], *tags: str) -> str:
    """Return the first of ``tags`` that says something."""
    for tag in tags:
        value = record.get(tag, "")
        text = value[0] if isinstance(value, list) else value
        if text:
            return str(text)
    return ""


def _type(record: dict[str, Any], notes: list[str]) -> Type:
    name = str(record.get("TY", "")).strip().upper()
    if name not in FROM_RIS:
        notes.append(f"The type “{name[:40]}” is unknown here; check the type.")
        name = "JOUR" if _one(record, "JO", "JF", "T2") else "GEN"
    return FROM_RIS[name]


def _authors(
    record: dict[str, Any], notes: list[str]
) -> tuple[list[dict[str, str]], bool]:
    listed = [*record.get("AU", []), *record.get("A1", [])]
    if not listed and (listed := [*record.get("ED", []), *record.get("A2", [])]):
        notes.append("Its editors are kept as authors.")
    found = [person(name) for name in listed if name.strip()]
    return [name for name in found if name], None in found


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
    return _found(r"\b10\.\d{4,9}/\S+", [*places, *record.get("UR", [])])


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
