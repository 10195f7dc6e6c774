"""Reads NBIB, PubMed's export format.

Source:
    https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from evidence.formats import dates
from evidence.formats.people import abbreviated, person
from evidence.formats.records import Found, Refusal, draft
from evidence.vocabulary import Design, Species, Status, Type

_TAG = re.compile(r"^([A-Z]{2,4}) {0,2}- ?(.*)$")
_TYPES = {
    "preprint": Type.PREPRINT,
    "dataset": Type.DATASET,
    "legislation": Type.LEGISLATION,
    "technical report": Type.REPORT,
    "academic dissertation": Type.THESIS,
}
# From the most telling on; the first that a record names is its design.
_DESIGNS = {
    "meta-analysis": Design.SYSTEMATIC_REVIEW,
    "systematic review": Design.SYSTEMATIC_REVIEW,
    "practice guideline": Design.GUIDELINE,
    "guideline": Design.GUIDELINE,
    "randomized controlled trial": Design.RANDOMISED_TRIAL,
    "clinical trial": Design.TRIAL,
    "case reports": Design.CASE_SERIES,
    "review": Design.REVIEW,
    "editorial": Design.OPINION,
    "comment": Design.OPINION,
}
# PubMed's links from a work to what was published about it later.
_STATUSES = {
    "RIN": Status.RETRACTED,
    "ECI": Status.CONCERN,
    "EIN": Status.CORRECTED,
}

Record = dict[str, list[str]]


def is_tagged(line: str) -> bool:
    return bool(_TAG.match(line))


def read(text: str) -> Iterator[Found]:
    """Yield a draft for every work of ``text``, or a refusal for a broken one."""
    # Each value with what goes on in the lines after it.
    record: dict[str, list[list[str]]] = defaultdict(list)
    begun, tag, closed = 0, "", False
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAG.match(line)
        if found:
            tag = found[1]
            if (tag == "PMID" or closed) and record:
                yield _read_record(begun, record)
                record = defaultdict(list)
            closed = False
            if not record:
                begun = number
            record[tag].append([found[2]])
        elif line.strip() and tag and record:
            record[tag][-1].append(line)
        else:
            closed = not line.strip()
    if record:
        yield _read_record(begun, record)


def _read_record(line: int, pieces: dict[str, list[list[str]]]) -> Found:
    record: Record = defaultdict(list)
    for tag, values in pieces.items():
        record[tag] = [" ".join(" ".join(value).split()) for value in values]
    if "PMID" not in record:
        return Refusal(
            line,
            _("A record begins here without its first line “PMID- ”. Export it again."),
        )
    notes: list[str] = []
    types = [name.lower() for name in record["PT"]]
    kind = next((_TYPES[name] for name in types if name in _TYPES), None)
    book = _one(record, "BTI")
    if kind is None:
        kind = Type.JOURNAL_ARTICLE
        if book:
            kind = Type.CHAPTER if _one(record, "TI") else Type.BOOK
    authors, more = _authors(record)
    issued = dates.parse(_one(record, "DP"))
    raw = {
        "csl_type": kind,
        "title": _title(_one(record, "TI") or book),
        "authors": authors,
        "more_authors": more,
        "container_title": book if kind == Type.CHAPTER else _one(record, "JT", "TA"),
        "publisher": _one(record, "PB"),
        **issued.fields(),
        "volume": _one(record, "VI"),
        "issue": _one(record, "IP"),
        "page": _one(record, "PG") or _located(record, "pii", r"e\d+"),
        "doi": _located(record, "doi", r"10\.\S+"),
        "pmid": _one(record, "PMID"),
        "pmcid": _one(record, "PMC"),
        "study_design": next((_DESIGNS[n] for n in _DESIGNS if n in types), ""),
        "species": _species(record),
        "funding": "; ".join(dict.fromkeys(record["GR"])),
        "status": _status(record, types),
    }
    return draft(line, raw, [*notes, issued.note])


def _status(record: Record, types: Sequence[str]) -> str:
    if "retracted publication" in types:
        return Status.RETRACTED
    return next((_STATUSES[tag] for tag in _STATUSES if tag in record), "")


def _one(record: Record, *tags: str) -> str:
    return next((record[tag][0] for tag in tags if record.get(tag)), "")


def _title(text: str) -> str:
    """Return a title without PubMed's full stop and its brackets of a translation."""
    text = text.strip()
    if text.startswith("[") and text.rstrip(".").endswith("]"):
        text = text.rstrip(".")[1:-1]
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _authors(record: Record) -> tuple[list[dict[str, str]], bool]:
    full = [person(name) for name in record["FAU"]]
    found = full or [abbreviated(name) for name in record["AU"]]
    groups = [{"literal": name} for name in record["CN"]]
    return [*filter(None, found), *groups], None in found


def _located(record: Record, kind: str, pattern: str) -> str:
    for value in [*record["LID"], *record["AID"]]:
        found = re.fullmatch(rf"({pattern}) \[{kind}\]", value)
        if found:
            return found[1]
    return ""


def _species(record: Record) -> str:
    headings = {name.strip("*").lower() for name in record["MH"]}
    if "humans" in headings:
        return Species.HUMAN
    return Species.ANIMAL if "animals" in headings else ""
