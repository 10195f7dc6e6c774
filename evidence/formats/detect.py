"""Detects the formats in a file by its contents, never by its name."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.formats import (
    csl_json,
    foreign,
    identifier_list,
    nbib,
    ris,
    typed_entry,
)
from evidence.formats.records import Found, Refusal
from evidence.formats.text import UNFIT, plain

# Larger files are refused before they are read.
LARGEST = 5 * 1024 * 1024  # bytes
MOST = 20_000  # records

_STARTS = {
    "BibTeX": re.compile(r"\s*@[A-Za-z]+[ \t]*[{(]"),
    "RIS": re.compile(r"\s?TY {1,2}-(?: |$)"),
    "NBIB": re.compile(r"PMID ?- ?\d"),
    "CSL-JSON": re.compile(r"\s*[\[{]\s*(?:[\[{\"\]]|$)"),
}
_FIRST = frozenset("@TP[{")


def _read_bibtex(text: str) -> Iterator[Found]:
    from evidence.formats import bibtex  # its parsers, which few processes need

    return bibtex.read(text)


_READERS: dict[str, Callable[[str], Iterator[Found]]] = {
    "BibTeX": _read_bibtex,
    "RIS": ris.read,
    "NBIB": nbib.read,
    "CSL-JSON": csl_json.read,
    "identifiers": identifier_list.read,
}
# With what the last line of each ends; that of NBIB may be any.
_ENDS = {"BibTeX": ("}", ")"), "CSL-JSON": ("]", "}"), "RIS": ("-",), "NBIB": ("",)}
# Finding out that no JSON begins at a line may cost reading the rest of the file.
_TRIES = 20
_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"\s*")
# So begins a work, or a list of works; it may be broken further on.
_OBJECT = re.compile(r'\s*(?:\[\s*)?\{\s*"[^"\n]{1,40}"\s*:')
_ENTRY = re.compile(r"@\w+[ \t]*[{(]")
_FOREIGN = {
    b"%PDF": _("This is a PDF, not a list of works."),
    b"PK\x03\x04": _("This is a Word, Excel or zip file, not a list of works."),
    b"\xd0\xcf\x11\xe0": _("This is an old Word or Excel file, not a list of works."),
    b"\x1f\x8b": _("This is a compressed file, not a list of works."),
    b"\x89PNG": _("This is a picture, not a list of works."),
    b"\xff\xd8\xff": _("This is a picture, not a list of works."),
}
_WHAT_TO_DO = _(
    "Export the list from your reference manager or database as "
    "BibTeX, RIS, NBIB (PubMed) or CSL-JSON, or paste DOIs and PubMed "
    "numbers, one on each line."
)


class Unreadable(ValueError):
    """A file without a list of works; the message says what to do."""


def _unreadable(sentence: str | Promise) -> Unreadable:
    return Unreadable(f"{sentence} {_WHAT_TO_DO}")


class Part(NamedTuple):
    """A part of a file in one format."""

    format: str
    line: int
    text: str


@dataclass
class Contents:
    """The contents of a file: format names, and records in order."""

    formats: list[str]
    records: list[Found]


def read(data: bytes | str) -> Contents:
    """Read a whole file.

    Raises:
        Unreadable: It is no list of works at all.
    """
    _refuse_larger(data)
    text = decoded(data) if isinstance(data, bytes) else _lines(data)
    if not text.strip():
        raise _unreadable(gettext("There is nothing in it."))
    contents = Contents([], [])
    found_parts = list(parts(text))
    _refuse_foreign(text, found_parts)
    if len(found_parts) > 1 and _is_preamble(found_parts[0]):
        found_parts[:2] = [_without_preamble(*found_parts[:2])]
    for part in found_parts:
        if part.format not in contents.formats:
            contents.formats.append(part.format)
        if part.format == "BibTeX":  # which is read whole, at some cost
            _refuse_more(sum(1 for _ in _ENTRY.finditer(part.text)))
        for found in _READERS[part.format](part.text):
            contents.records.append(_placed(found, part))
            _refuse_more(len(contents.records))
    if not contents.records:
        raise _unreadable(gettext("No work was found in it."))
    if contents.formats == ["identifiers"] and all(
        isinstance(found, Refusal) and not typed_entry.may_be(found.typed)
        for found in contents.records
    ):
        raise _unreadable(gettext("This is not a list of works."))
    return contents


def _placed(found: Found, part: Part) -> Found:
    """Return a record with its line in the file, as storable text."""
    line = found.line + part.line - 1
    if isinstance(found, Refusal):
        return replace(found, line=line, reason=plain(found.reason))
    return replace(found, line=line, notes=[plain(note) for note in found.notes])


def _refuse_more(number: int) -> None:
    if number > MOST:
        raise Unreadable(
            gettext(
                "It holds more than {most} works. Export the list in parts."
            ).format(most=f"{MOST:,}")
        )


def _refuse_foreign(text: str, found: list[Part]) -> None:
    """Refuse another format as a whole: of its lines some look like identifiers."""
    is_known = found[0].format not in ("identifiers", "CSL-JSON")
    if not is_known and (unread := foreign.named(text)):
        name, advice = unread
        raise Unreadable(
            gettext("This is {format}, which is not read here. {advice}").format(
                format=name, advice=advice
            )
        )


def _refuse_larger(data: bytes | str) -> None:
    if len(data) > LARGEST:
        raise Unreadable(
            gettext("It is larger than {size} MB. Export the list in parts.").format(
                size=LARGEST // 1024 // 1024
            )
        )


def decoded(data: bytes) -> str:
    """Return the text of a file in any encoding, with newlines as line ends.

    Raises:
        Unreadable: It is no text.
    """
    for start, what in _FOREIGN.items():
        if data.startswith(start):
            raise _unreadable(what)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _lines(data.decode("utf-16", "replace"))
    if b"\x00" in data[:200]:
        nuls = data[:200:2].count(0), data[1:200:2].count(0)
        if max(nuls) < 50 and max(nuls) * 4 < min(len(data), 200):
            raise _unreadable(gettext("This is not text."))
        encoding = "utf-16-be" if nuls[0] > nuls[1] else "utf-16-le"
        return _lines(data.decode(encoding, "replace"))
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        # One by one: files of different origin may have been put into one.
        return _lines("\n".join(map(_decoded_line, data.split(b"\n"))))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _lines(text: str) -> str:
    # A byte order mark also stands where one file was put behind another.
    fit = UNFIT.sub("", text.replace("\ufeff", ""))
    return fit.replace("\r\n", "\n").replace("\r", "\n")


def parts(text: str) -> Iterator[Part]:
    """Divide a file where another format begins."""
    lines = text.split("\n")
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    begun, current, tries, number = 0, "identifiers", _TRIES, 0
    last: list[str] = []
    while number < len(lines):
        name = _begins(lines[number])
        end = number + 1
        if name == "CSL-JSON" and current != "CSL-JSON":
            length = _json_length(text, offsets[number]) if tries > 0 else 0
            tries -= not length
            length = length or bool(_OBJECT.match(text, offsets[number]))
            if not length and current != "identifiers":
                name = ""  # a line of another record that begins with a bracket
            while (
                length and end < len(lines) and offsets[end] < offsets[number] + length
            ):
                end += 1
        if (
            not name
            and current != "identifiers"
            and _is_listed(current, last, lines[number])
        ):
            name = "identifiers"
        if name and name != current:
            yield from _part(current, lines, begun, number)
            begun, current = number, name
        # The last line that says something, and the one just before the next.
        said = next((one for one in (lines[end - 1], *last) if one.strip()), "")
        last = [said, lines[end - 1]]
        number = end
    yield from _part(current, lines, begun, len(lines))


def _begins(line: str) -> str:
    if line.lstrip()[:1] not in _FIRST:
        return ""
    return next((name for name, start in _STARTS.items() if start.match(line)), "")


def _json_length(text: str, begins: int) -> int:
    """Return the length of the JSON at ``begins``, 0 for none."""
    start = _SPACE.match(text, begins)
    try:
        _, end = _DECODER.raw_decode(text, start.end() if start else begins)
    except (ValueError, RecursionError):
        return 0
    return end - begins


def _without_preamble(preamble: Part, part: Part) -> Part:
    """Return a part without the database's preamble.

    The readers of tagged lines pass over that themselves; a record that stands there
    without its first line, they refuse.
    """
    if part.format in ("RIS", "NBIB"):
        return Part(part.format, preamble.line, f"{preamble.text}\n{part.text}")
    return part


def _is_preamble(part: Part) -> bool:
    """Return whether it is a preamble, as some databases write."""
    return part.format == "identifiers" and not any(
        map(identifier_list.is_identifier, part.text.split("\n"))
    )


def _is_listed(current: str, last: list[str], line: str) -> bool:
    """Return whether ``line``, after a blank one, begins a list of identifiers."""
    if len(last) < 2 or last[1].strip() or not line.strip():
        return False
    if line.startswith((" ", "\t")) or "=" in line or nbib.is_tagged(line):
        return False
    return last[0].rstrip().endswith(_ENDS[current]) and identifier_list.is_identifier(
        line
    )


def _part(name: str, lines: list[str], begun: int, end: int) -> Iterator[Part]:
    if any(line.strip() for line in lines[begun:end]):
        yield Part(name, begun + 1, "\n".join(lines[begun:end]))
