"""Plans an import: compares each record with the library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from evidence.formats import identifier_list
from evidence.formats.records import Draft, Found, Refusal
from evidence.importing.printed import MayChange, leave_printed
from evidence.importing.rows import Action, Row
from evidence.importing.typed_entries import TypedEntries
from evidence.library import names
from evidence.library.completing import DATE, FIELDS, fills
from evidence.library.places import PLACE, Place, same_place
from evidence.library.title_keys import LONG_ENOUGH, comparable
from evidence.models import TO_BE_COMPLETED, Reference
from evidence.vocabulary import Status

_NUMBERS = ("doi", "pmid")
_IDS = (*_NUMBERS, "pmcid")
_SHOWN = 200  # characters of the words of a refused entry
# For as many records the library is asked about these alone; for more it is read whole.
_ASKED_ALONE = 500


@dataclass(frozen=True)
class _Known:
    """A known work: in the library, or earlier in the same file."""

    doi: str
    pmid: str
    pmcid: str
    title: str
    year: int | None
    author: str
    place: Place = field(default_factory=Place)
    pk: int | None = None
    row: Row | None = field(default=None, compare=False)

    def may_be_by_number(self, other: "_Known") -> bool:
        """Return whether no DOI or PubMed number tells two records apart."""
        told_by = [(self.doi, other.doi), (self.pmid, other.pmid)]
        return not any(mine and theirs and mine != theirs for mine, theirs in told_by)

    def may_be(self, other: "_Known") -> bool:
        """Return whether two records of one title and year may be the same work."""
        if not self.may_be_by_number(other):
            return False
        are_told = len(self.title) < LONG_ENOUGH and self.author and other.author
        if are_told and self.author != other.author:
            return False
        return same_place(self.author, self.place, other.author, other.place)


class _Index:
    """An index of works by identifier and title."""

    def __init__(self) -> None:
        self.by: dict[str, dict[Any, list[_Known]]] = {
            "doi": {},
            "pmid": {},
            "pmcid": {},
            "title": {},
        }

    def add(self, known: _Known) -> None:
        for kind, key in self._keys(known):
            self.by[kind].setdefault(key, []).append(known)

    def find(self, wanted: _Known) -> list[_Known]:
        """Return the works that match ``wanted``; more than one is a contradiction."""
        found = {kind: self.by[kind].get(key, []) for kind, key in self._keys(wanted)}
        numbered = [*found.get("doi", [])[:1], *found.get("pmid", [])[:1]]
        titled = [known for known in found.get("title", []) if known.may_be(wanted)]
        by_pmcid = [
            one for one in found.get("pmcid", []) if one.may_be_by_number(wanted)
        ]
        return list(dict.fromkeys(numbered or by_pmcid[:1] or titled[:1]))

    @staticmethod
    def _keys(known: _Known) -> list[tuple[str, Any]]:
        keys: list[tuple[str, Any]] = [("title", (known.title, known.year))]
        keys += [(k, v) for k in ("doi", "pmid", "pmcid") if (v := getattr(known, k))]
        return keys


def plan(records: Iterable[Found], *, may_change: MayChange = True) -> list[Row]:
    """Compare records with the library, in a constant number of queries.

    Args:
        records: What the readers of `evidence.formats` have found.
        may_change: Whether references in the library may be changed.
    """
    records, file = list(records), _Index()
    library = _library([one.fields for one in records if isinstance(one, Draft)])
    typed, rows = TypedEntries(), []
    for number, found in enumerate(records):
        if isinstance(found, Refusal):
            row = _refused(number, found, typed)
        else:
            row = _row(number, found, library, file, typed)
        rows.append(row)
    _name_known(rows)
    _compare([row for row in rows if row.action == Action.UPDATE], may_change)
    return rows


def _refused(number: int, found: Refusal, typed: TypedEntries) -> Row:
    """Return the row of a refusal, or of the work that its words name by its title."""
    title, entry = found.typed[:_SHOWN], found.typed
    row = Row(number, found.line, title, Action.REFUSE, typed=entry)
    match = typed.find(entry) if len(entry) >= LONG_ENOUGH else None
    if match and match.pk:
        row.action, row.target = Action.MATCH, match.pk
    else:
        row.reason = found.reason
    return row


def _name_known(rows: Iterable[Row]) -> None:
    """Call works of the library by their titles there, not by their numbers."""
    nameless = [
        row
        for row in rows
        if row.target and (not row.fields or row.title.startswith(TO_BE_COMPLETED))
    ]
    titles = dict(
        Reference.objects.filter(pk__in={row.target for row in nameless}).values_list(
            "pk", "title"
        )
    )
    for row in nameless:
        row.title = titles.get(row.target, row.title)


def plan_again(rows: Sequence[Row], *, may_change: MayChange) -> list[Row]:
    """Compare the rows of an earlier plan with the library as it is now."""
    return plan([_found(row) for row in rows], may_change=may_change)


def _found(row: Row) -> Found:
    if not row.fields:
        return Refusal(row.line, row.reason or identifier_list.reason(), row.typed)
    return Draft(row.line, row.fields, row.notes, row.typed)


def _library(wanted: Sequence[dict[str, Any]]) -> _Index:
    """Index the library, merged references as what they were merged into."""
    references = Reference.objects.order_by("pk")
    if len(wanted) <= _ASKED_ALONE:
        references = references.filter(
            Q(title_key__in={comparable(fields["title"]) for fields in wanted})
            | Q(doi__in={fields["doi"] for fields in wanted if "doi" in fields})
            | Q(pmid__in={fields["pmid"] for fields in wanted if "pmid" in fields})
            | Q(pmcid__in={fields["pmcid"] for fields in wanted if "pmcid" in fields})
        )
    index = _Index()
    numbers = [*_IDS, *(f"merged_into__{name}" for name in _IDS)]
    for (
        pk,
        kept,
        title,
        year,
        authors,
        journal,
        volume,
        page,
        *said,
    ) in references.values_list(
        *("pk", "merged_into", "title_key", "issued_year", "authors"),
        *("container_title", "volume", "page", *numbers),
    ).iterator():
        doi, pmid, pmcid = said[3:] if kept else said[:3]
        place = Place(journal, volume, page)
        known = _Known(
            doi, pmid, pmcid, title, year, _first(authors), place, kept or pk
        )
        index.add(known)
    return index


def _first(authors: Sequence[names.Name]) -> str:
    """Return the first author's name in comparable form."""
    return comparable(names.family_name(authors[0])) if authors else ""


def _row(
    number: int, draft: Draft, library: _Index, file: _Index, typed: TypedEntries
) -> Row:
    fields = draft.fields
    row = Row(number, draft.line, fields["title"], Action.CREATE, fields, draft.notes)
    row.typed = draft.typed
    wanted = _Known(
        fields.get("doi", ""),
        fields.get("pmid", ""),
        fields.get("pmcid", ""),
        comparable(fields["title"]),
        fields.get("issued_year"),
        _first(fields.get("authors", [])),
        Place(*(fields.get(name, "") for name in PLACE)),
        row=row,
    )
    earlier = [known.row for known in file.find(wanted) if known.row]
    if earlier:
        row.action = Action.MATCH
        row.reason = _("The same work as in line {line}, which is used.").format(
            line=earlier[0].line
        )
        return row
    targets = {known.pk for known in library.find(wanted)}
    if not targets and draft.typed and (pk := typed.find(draft.typed).pk):
        targets = {pk}
    if len(targets) > 1:
        row.action = Action.REFUSE
        row.reason = _(
            "Its DOI and its PubMed number belong to two references of the "
            "library. Correct one of them, or merge these references."
        )
        return row
    if targets:
        row.action, row.target = Action.UPDATE, targets.pop()
    file.add(wanted)
    return row


def _compare(rows: Sequence[Row], may_change: MayChange) -> None:
    """Find the changes of each row to its reference."""
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
            row.reason = _("The same work as in line {line}, which is used.").format(
                line=first.line
            )
            continue
        row.fills = [name for name in FIELDS if fills(name, row.fields, reference)]
        row.differs = {
            name: str(getattr(reference, name))
            for name in FIELDS
            if _differs(name, row.fields, reference)
        }
        if not may_change:
            row.fills, row.differs = [], {}
            row.reason = _("It is in the library, which you may not change.")
    leave_printed(rows, may_change)
    for row in rows:
        if row.action == Action.UPDATE and not row.fills:
            row.action = Action.MATCH


def _is_another(
    fields: dict[str, Any], first: dict[str, Any], reference: Reference
) -> bool:
    """Return whether only the title matches a reference that is taken already."""
    told = [(fields.get(n), first.get(n), getattr(reference, n)) for n in _NUMBERS]
    differ = any(ours and theirs and ours != theirs for ours, theirs, _ in told)
    return differ and not any(ours and ours == stored for ours, _, stored in told)


def changes(row: Row, *, overwrite: bool) -> dict[str, Any]:
    """Return the fields that a row changes, with their new values."""
    names = [*row.fills, *(row.differs if overwrite else [])]
    if overwrite and not set(DATE).isdisjoint(row.differs):
        names += DATE  # a date is taken as a whole
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
