"""Rows of a plan in words, for the preview and the result."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.blocks import ArticleBodyBlock
from articles.importing.plan import Action, Row
from articles.models.contributions import Contribution

_LABELS = {str(Action.CREATE): "New draft", str(Action.REFUSE): "Refused"}
# With more, a list of problems is folded.
FOLDED_FROM = 6
UNLINKED = "Links to articles that were not imported have become words."


@dataclass
class Shown:
    """A row as a page prints it."""

    row: Row
    label: str
    facts: list[tuple[str, str]]
    taken: bool
    pk: int | None = None
    failed: str = ""
    unlinked: bool = False

    @property
    def folded(self) -> bool:
        return len(self.row.problems) > FOLDED_FROM


def as_shown(rows: Sequence[Row], left_out: Collection[int]) -> list[Shown]:
    """Return rows in words before an import."""
    return [
        Shown(row, _LABELS[row.action], list(_facts(row)), row.number not in left_out)
        for row in rows
    ]


def as_done(rows: Sequence[Row], result: Mapping[str, Any]) -> list[Shown]:
    """Return rows in words after an import."""
    return [
        Shown(
            row,
            _LABELS[row.action],
            [],
            True,
            result["created"].get(str(row.number)),
            result["failed"].get(str(row.number), ""),
            row.number in result["unlinked"],
        )
        for row in rows
    ]


def _facts(row: Row) -> Iterable[tuple[str, str]]:
    if row.action != Action.CREATE:
        return
    fields, counted = row.fields, row.counted
    yield "Address", fields["slug"]
    kinds = [
        f"{count} \N{MULTIPLICATION SIGN} {_label(name)}"
        for name, count in sorted(counted.items(), key=lambda pair: -pair[1])
        if name not in ("citations", "matched")
    ]
    yield "Text", ", ".join(kinds) or "none"
    if people := fields["contributions"]:
        roles = dict(Contribution.Role.choices)
        said = (f"{one['name']} ({roles[one['role']]})" for one in people)
        yield "Contributors", ", ".join(said)
    if fields["topic"]:
        yield "Topic", fields["topic"]["name"]
    if counted["citations"]:
        matched = f"{counted['matched']} of {counted['citations']}"
        yield "Citations", f"{matched} found in the library"


def _label(name: str) -> str:
    block = ArticleBodyBlock.base_blocks[name]
    return str(block.label or name.replace("_", " ")).lower()
