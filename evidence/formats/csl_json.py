"""CSL-JSON: lists of works as reference managers, Crossref and this library write them.

Source:
    https://docs.citationstyles.org/en/stable/specification.html
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.formats import dates
from evidence.formats.records import Found, Refusal, draft
from evidence.formats.types import FROM_CSL
from evidence.library.doi_in_text import doi_of
from evidence.models import Reference
from evidence.vocabulary import Type

# Under `custom`, where the format keeps what it has no names for.
_STUDY = (
    *("study_design", "population", "sample_size", "species", "finding", "funding"),
    "status",
)
_OURS = "reference-library"
# A list that is broken more often than this is no list.
_BROKEN_AT_MOST = 200
# After a bracket, a comma or a brace, or as the first on its line.
_OBJECT = re.compile(r"[\[,}]\s*(?=\{)|\n[^\S\n]*(?=\{)")
_OPENING = re.compile(r"\s*\[?")
# Also where one list ends, and perhaps another begins.
_BETWEEN = re.compile(r"[\s,]*(?:\][\s,]*\[?[\s,]*)*")
_DECODER = json.JSONDecoder(
    parse_constant=lambda name: None, parse_float=str, strict=False
)
_BROKEN = _(
    "The JSON is broken here. Correct it (often a comma, a quotation "
    "mark or a brace is missing), or export the work again."
)


def read(text: str) -> Iterator[Found]:
    """Yield a draft for every work of ``text``, or a refusal for a broken one."""
    for line, item in items(text):
        yield item if isinstance(item, Refusal) else _read_item(line, item)


def items(text: str) -> Iterator[tuple[int, Any]]:
    """Yield line and value of each work; a broken one harms no other."""
    for line, value in _values(text):
        for item in _works(value):
            yield line, item


def _works(value: Any) -> list[Any]:
    """Return a single work, or those of an object that holds a list of them."""
    if not isinstance(value, dict) or "title" in value:
        return [value]
    held = value.get("message")
    held = held if isinstance(held, dict) else value
    lists = [held.get(name) for name in ("items", "references")]
    return next((one for one in lists if isinstance(one, list)), [held])


def _values(text: str) -> Iterator[tuple[int, Any]]:
    ends = [found.end() for found in re.finditer("\n", text)]
    place, broken, within, indented = _skipped(_OPENING, text, 0), 0, False, -1
    while (place := _skipped(_BETWEEN, text, place)) < len(text):
        line = bisect_right(ends, place) + 1
        column = place - (ends[line - 2] if line > 1 else 0)
        # What begins where the broken one began is no part of it.
        within = within and column != indented
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            if not within:
                yield line, Refusal(line, str(_BROKEN))
                indented = column
            within, broken = True, broken + 1
            following = _OBJECT.search(text, place + 1)
            if following is None:
                return
            if broken > _BROKEN_AT_MOST:
                yield (
                    line,
                    Refusal(line, gettext("From here on, this is not valid JSON.")),
                )
                return
            place = following.end()
            continue
        if within and not _is_work(value):
            continue  # a part of the broken one
        within = False
        yield line, value


def _skipped(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _is_work(item: Any) -> bool:
    return isinstance(item, dict) and "title" in item and "type" in item


def _read_item(line: int, item: Any) -> Found:
    if not isinstance(item, dict):
        return Refusal(
            line, gettext("This is not a work. A work is written in braces: {…}.")
        )
    notes: list[str] = []
    custom = item.get("custom")
    custom = custom if isinstance(custom, dict) else {}
    verbatim = custom.get("source") == _OURS
    authors, more = _authors(item, notes, verbatim)
    issued = _date(item.get("issued"))
    accessed = _date(item.get("accessed"))
    raw: dict[str, Any] = {
        "csl_type": _type(_text(item.get("type")), notes),
        "title": _text(item.get("title")),
        "authors": authors,
        "more_authors": more or bool(custom.get("more_authors")),
        "container_title": _text(item.get("container-title")),
        "publisher": _text(item.get("publisher")),
        **issued.fields(),
        **{name: _text(item.get(name)) for name in ("volume", "issue", "page")},
        "number": _text(item.get("number")),
        "doi": _text(item.get("DOI"))
        or ("" if verbatim else doi_of(_text(item.get("URL")))),
        "pmid": _text(item.get("PMID")),
        "pmcid": _text(item.get("PMCID")),
        "url": _text(item.get("URL")),
        "accessed": dates.day_of("-".join(f"{p:02d}" for p in accessed[:3] if p)),
        **{name: custom.get(name) for name in _STUDY},
    }
    return draft(line, raw, [*notes, issued.note], verbatim=verbatim)


def _text(value: Any) -> str:
    """Return a variable as text; Crossref writes lists of one."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value) if isinstance(value, str | int) else ""


def _type(name: str, notes: list[str]) -> Type | None:
    if name and name not in FROM_CSL:
        notes.append(
            gettext("The type “{name}” is unknown here; check the type.").format(
                name=name[:40]
            )
        )
    return FROM_CSL.get(name)


def _authors(
    item: Mapping[str, Any], notes: list[str], verbatim: bool
) -> tuple[list[dict[str, Any]], bool]:
    found = item.get("author") or []
    if not found and item.get("editor"):
        found = item["editor"]
        notes.append(gettext("Its editors are kept as authors."))
    if not isinstance(found, list):
        notes.append(gettext("The authors are not a list; they are left out."))
        return [], False
    kept = []
    for name in found:
        if isinstance(name, dict) and "name" in name and "family" not in name:
            kept.append({"literal": name["name"]})  # Crossref's groups
        elif isinstance(name, dict):
            kept.append(name)
        else:
            kept.append({"literal": str(name)})
    known = [name for name in kept if verbatim or not _is_others(name)]
    return known, len(known) < len(kept)


def _is_others(name: Mapping[str, Any]) -> bool:
    words = str(name.get("literal") or name.get("family") or "").strip(" .,").lower()
    return words in {"et al", "others", "and others"} and not name.get("given")


def _date(value: Any) -> dates.Published:
    if not isinstance(value, dict):
        return dates.parse(_text(value))
    parts = value.get("date-parts")
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return dates.parse(_text(value.get("raw") or value.get("literal")))
    numbers: list[int | None] = [
        int(part) if re.fullmatch(r"[0-9]{1,4}", str(part)) else None
        for part in parts[0][:3]
    ]
    note = (
        gettext("Of the range of dates the beginning is kept.")
        if len(parts) > 1
        else ""
    )
    year, month, day = [*numbers, None, None, None][:3]
    if year is None and parts[0] and parts[0][0] not in (None, ""):
        note = gettext("“{year}” is not a year; the year is left blank.").format(
            year=str(parts[0][0])[:60]
        )
    return dates.checked(year, month, day, note)


def item(reference: Reference) -> dict[str, Any]:
    """Return a work as CSL-JSON with all its fields."""
    custom: dict[str, Any] = {"source": _OURS, "status": reference.status}
    custom |= {
        name: value
        for name in _STUDY
        if (value := getattr(reference, name)) is not None
    }
    if reference.more_authors:
        custom["more_authors"] = True
    return reference.as_csl() | {
        "custom": {name: value for name, value in custom.items() if value != ""}
    }


def write(references: Iterable[Reference]) -> Iterator[str]:
    """Yield the file piece by piece, one work at a time."""
    opening = "[\n"
    for reference in references:
        yield opening + json.dumps(item(reference), ensure_ascii=False, indent=1)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"
