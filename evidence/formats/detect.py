"""Which formats a file holds, told by what stands in it and never by its name."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from evidence.formats import bibtex, csl_json, identifier_list, nbib, ris
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
_READERS: dict[str, Callable[[str], Iterator[Found]]] = {
    "BibTeX": bibtex.read,
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
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_WHAT_TO_DO = (
    "Export the list from your reference manager or database as BibTeX, RIS, NBIB "
    "(PubMed) or CSL-JSON, or paste DOIs and PubMed numbers, one on each line."
)


class Unreadable(ValueError):
    """A file that holds no list of works; the message says what to do."""


class Part(NamedTuple):
    """A part of a file in one format."""

    format: str
    line: int
    text: str


@dataclass
class Contents:
    """What a file holds: the names of its formats, and its records in their order."""

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
        raise Unreadable(f"There is nothing in it. {_WHAT_TO_DO}")
    contents = Contents([], [])
    found_parts = list(parts(text))
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
        raise Unreadable(f"No work was found in it. {_WHAT_TO_DO}")
    if contents.formats == ["identifiers"] and not any(
        not isinstance(found, Refusal) for found in contents.records
    ):
        raise Unreadable(f"This is no list of works. {_WHAT_TO_DO}")
    return contents


def _placed(found: Found, part: Part) -> Found:
    """Return a record by its line in the file, in words that can be stored."""
    line = found.line + part.line - 1
    if isinstance(found, Refusal):
        return Refusal(line, plain(found.reason))
    return replace(found, line=line, notes=[plain(note) for note in found.notes])


def _refuse_more(number: int) -> None:
    if number > MOST:
        raise Unreadable(
            f"It holds more than {MOST:,} works. Export the list in parts."
        )


def _refuse_larger(data: bytes | str) -> None:
    if len(data) > LARGEST:
        raise Unreadable(
            f"It is larger than {LARGEST // 1024 // 1024} MB. Export the list in parts."
        )


def decoded(data: bytes) -> str:
    """Return the text of a file, in whatever encoding, its lines ended by newlines.

    Raises:
        Unreadable: It is no text.
    """
    for start, what in _FOREIGN.items():
        if data.startswith(start):
            raise Unreadable(f"This is {what}, not a list of works. {_WHAT_TO_DO}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _lines(data.decode("utf-16", "replace"))
    if b"\x00" in data[:200]:
        nuls = data[:200:2].count(0), data[1:200:2].count(0)
        if max(nuls) < 50 and max(nuls) * 4 < min(len(data), 200):
            raise Unreadable(f"This is no text. {_WHAT_TO_DO}")
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
    """Return how long the JSON is that stands at ``begins``; 0 where it is none."""
    start = _SPACE.match(text, begins)
    try:
        _, end = _DECODER.raw_decode(text, start.end() if start else begins)
    except (ValueError, RecursionError):
        return 0
    return end - begins


def _without_preamble(preamble: Part, part: Part) -> Part:
    """Return a part without what a database says before it.

    The readers of tagged lines pass over that themselves; a record that stands there
    without its first line, they refuse.
    """
    if part.format in ("RIS", "NBIB"):
        return Part(part.format, preamble.line, f"{preamble.text}\n{part.text}")
    return part


def _is_preamble(part: Part) -> bool:
    """Tell whether it is what some databases say before their records."""
    return part.format == "identifiers" and not any(
        map(identifier_list.is_identifier, part.text.split("\n"))
    )


def _is_listed(current: str, last: list[str], line: str) -> bool:
    """Tell whether a list of identifiers begins with ``line``, after a blank one."""
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
