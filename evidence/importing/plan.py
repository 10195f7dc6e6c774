"""What an import would do: each record compared with the library beforehand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q

from evidence import names
from evidence.formats.records import FIELDS, Draft, Found, Refusal
from evidence.models import TO_BE_COMPLETED, Reference
from evidence.titles import LONG_ENOUGH, comparable
from evidence.vocabulary import Status

_NUMBERS = ("doi", "pmid")
_DATE = ("issued_year", "issued_month", "issued_day")
# For as many records the library is asked about these alone; for more it is read whole.
_ASKED_ALONE = 500


class Action(StrEnum):
    """How a record ends."""

    CREATE = "create"
    UPDATE = "update"
    MATCH = "match"
    REFUSE = "refuse"


@dataclass
class Row:
    """One record of a file, and what would become of it.

    Attributes:
        number: Its place among the records, from 0.
        line: Where it begins in the file.
        title: What an editor knows it by.
        fields: What the file says.
        notes: What of it could not be kept.
        action: How it ends.
        reason: Why, in a sentence; blank where the action says it.
        target: The id of the reference in the library that it is.
        fills: The fields that are blank there and would be filled.
        differs: What is said there by the fields that say something else; kept unless
            ticked.
    """

    number: int
    line: int
    title: str
    action: str
    fields: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    target: int | None = None
    fills: list[str] = field(default_factory=list)
    differs: dict[str, str] = field(default_factory=dict)

    @property
    def decision(self) -> tuple[Any, ...]:
        """What an editor has seen and agreed to."""
        return self.action, self.target, self.fills, self.differs

    @property
    def found(self) -> Found:
        if self.action == Action.REFUSE and not self.fields:
            return Refusal(self.line, self.reason)
        return Draft(self.line, self.fields, self.notes)

    @property
    def decides(self) -> bool:
        """Whether there is something to tick."""
        return bool(self.action in (Action.CREATE, Action.UPDATE) or self.differs)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Row":
        row = cls(**stored)
        if isinstance(accessed := row.fields.get("accessed"), str):
            row.fields["accessed"] = date.fromisoformat(accessed)
        return row


@dataclass(frozen=True)
class _Known:
    """What tells a work: in the library, or earlier in the same file."""

    doi: str
    pmid: str
    title: str
    year: int | None
    author: str
    pk: int | None = None
    row: Row | None = field(default=None, compare=False)

    def may_be(self, other: "_Known") -> bool:
        """Tell whether two of one title and year are one work."""
        told_by = [(self.doi, other.doi), (self.pmid, other.pmid)]
        if len(self.title) < LONG_ENOUGH:
            told_by.append((self.author, other.author))
        return not any(mine and theirs and mine != theirs for mine, theirs in told_by)


class _Index:
    """Finds works by what tells them, each in one step."""

    def __init__(self) -> None:
        self.by: dict[str, dict[Any, list[_Known]]] = {
            "doi": {},
            "pmid": {},
            "title": {},
        }

    def add(self, known: _Known) -> None:
        for kind, key in self._keys(known):
            self.by[kind].setdefault(key, []).append(known)

    def find(self, wanted: _Known) -> list[_Known]:
        """Return the works that ``wanted`` is; more than one is a contradiction."""
        found = {kind: self.by[kind].get(key, []) for kind, key in self._keys(wanted)}
        numbered = [*found.get("doi", [])[:1], *found.get("pmid", [])[:1]]
        titled = [known for known in found.get("title", []) if known.may_be(wanted)]
        return list(dict.fromkeys(numbered or titled[:1]))

    @staticmethod
    def _keys(known: _Known) -> list[tuple[str, Any]]:
        keys: list[tuple[str, Any]] = [("title", (known.title, known.year))]
        keys += [(k, v) for k in ("doi", "pmid") if (v := getattr(known, k))]
        return keys


def plan(records: Iterable[Found], *, may_change: bool = True) -> list[Row]:
    """Compare records with the library, in as many queries for one as for thousands.

    Args:
        records: What the readers of `evidence.formats` have found.
        may_change: Whether references in the library may be changed.
    """
    records, file = list(records), _Index()
    library = _library([one.fields for one in records if isinstance(one, Draft)])
    rows = []
    for number, found in enumerate(records):
        if isinstance(found, Refusal):
            row = Row(number, found.line, "", Action.REFUSE, reason=found.reason)
        else:
            row = _row(number, found, library, file)
        rows.append(row)
    _compare([row for row in rows if row.action == Action.UPDATE], may_change)
    return rows


def _library(wanted: Sequence[dict[str, Any]]) -> _Index:
    """Index the library, merged references as what they were merged into."""
    references = Reference.objects.order_by("pk")
    if len(wanted) <= _ASKED_ALONE:
        references = references.filter(
            Q(title_key__in={comparable(fields["title"]) for fields in wanted})
            | Q(doi__in={fields["doi"] for fields in wanted if "doi" in fields})
            | Q(pmid__in={fields["pmid"] for fields in wanted if "pmid" in fields})
        )
    index = _Index()
    numbers = [*_NUMBERS, *(f"merged_into__{name}" for name in _NUMBERS)]
    for pk, kept, title, year, authors, *said in references.values_list(
        "pk", "merged_into", "title_key", "issued_year", "authors", *numbers
    ).iterator():
        doi, pmid = said[2:] if kept else said[:2]
        index.add(_Known(doi, pmid, title, year, _first(authors), pk=kept or pk))
    return index


def _first(authors: Sequence[names.Name]) -> str:
    """Return the first author's name as it is compared."""
    return comparable(names.family_name(authors[0])) if authors else ""


def _row(number: int, draft: Draft, library: _Index, file: _Index) -> Row:
    fields = draft.fields
    row = Row(number, draft.line, fields["title"], Action.CREATE, fields, draft.notes)
    wanted = _Known(
        fields.get("doi", ""),
        fields.get("pmid", ""),
        comparable(fields["title"]),
        fields.get("issued_year"),
        _first(fields.get("authors", [])),
        row=row,
    )
    earlier = [known.row for known in file.find(wanted) if known.row]
    if earlier:
        row.action = Action.MATCH
        row.reason = f"The same work as in line {earlier[0].line}, which is used."
        return row
    targets = {known.pk for known in library.find(wanted)}
    if len(targets) > 1:
        row.action = Action.REFUSE
        row.reason = (
            "Its DOI and its PubMed number belong to two references of the library. "
            "Correct one of them, or merge these references."
        )
        return row
    if targets:
        row.action, row.target = Action.UPDATE, targets.pop()
    file.add(wanted)
    return row


def _compare(rows: Sequence[Row], may_change: bool) -> None:
    """Find out what each would change in the reference that it is."""
    stored = Reference.objects.in_bulk({row.target for row in rows})
    taken: dict[int, Row] = {}
    for row in rows:
        reference = stored[row.target]
        first = taken.setdefault(reference.pk, row)
        row.target = reference.pk
        if first is not row and _is_another(row.fields, first.fields, reference):
            row.action, row.target = Action.CREATE, None
            continue
        if first is not row:
            row.action = Action.MATCH
            row.reason = f"The same work as in line {first.line}, which is used."
            continue
        row.fills = [name for name in FIELDS if fills(name, row.fields, reference)]
        row.differs = {
            name: str(getattr(reference, name))
            for name in FIELDS
            if _differs(name, row.fields, reference)
        }
        if not may_change:
            row.fills, row.differs = [], {}
            row.reason = "It is in the library, which you may not change."
        if not row.fills:
            row.action = Action.MATCH


def _is_another(
    fields: dict[str, Any], first: dict[str, Any], reference: Reference
) -> bool:
    """Tell whether a work has but the title of a reference that an earlier one is."""
    told = [(fields.get(n), first.get(n), getattr(reference, n)) for n in _NUMBERS]
    differ = any(ours and theirs and ours != theirs for ours, theirs, _ in told)
    return differ and not any(ours and ours == stored for ours, _, stored in told)


def fills(name: str, fields: Mapping[str, Any], reference: Reference) -> bool:
    """Tell whether a field of a reference is as good as blank, and ``fields`` know it.

    That no more is known than “current” is blank, too: of a retraction readers are told
    as soon as anybody knows of it.
    """
    if name not in fields or name == "more_authors":
        # Whether there are more authors is said with the authors.
        return bool(fields.get(name)) and not reference.authors and "authors" in fields
    if name == "title":
        completes = reference.title.startswith(TO_BE_COMPLETED)
        return completes and not fields["title"].startswith(TO_BE_COMPLETED)
    if name == "csl_type":
        completes = reference.title.startswith(TO_BE_COMPLETED)
        return completes and fields[name] != reference.csl_type
    if name in _DATE[1:]:
        # A month belongs to its year, and is of no use with another.
        larger = _DATE[: _DATE.index(name)]
        same = all(getattr(reference, n) in (None, fields.get(n)) for n in larger)
        return same and not getattr(reference, name)
    if name == "status":
        gravity = Status.values
        return gravity.index(fields[name]) > gravity.index(reference.status)
    return getattr(reference, name) in ("", None, [])


def changes(row: Row, *, overwrite: bool) -> dict[str, Any]:
    """Return the fields of the reference that a row sets, and to what."""
    names = [*row.fills, *(row.differs if overwrite else [])]
    if overwrite and not set(_DATE).isdisjoint(row.differs):
        names += _DATE  # a date is taken as a whole
    said = {name: row.fields.get(name) for name in names}
    if "authors" in said:  # whether they are all is said with them
        said["more_authors"] = bool(row.fields.get("more_authors"))
    return said


def _differs(name: str, fields: dict[str, Any], reference: Reference) -> bool:
    if name not in fields or name == "more_authors" or fills(name, fields, reference):
        return False
    theirs, ours = fields[name], getattr(reference, name)
    if name == "authors":
        return [names.line(n) for n in theirs] != [names.line(n) for n in ours]
    if name == "title" and theirs.startswith(TO_BE_COMPLETED):
        return False
    if name == "status" and theirs == Status.CURRENT:
        return False  # a file that knows of no retraction proves nothing
    return bool(theirs != ours)
