"""Rows of a plan in words, for the preview and the result."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.blocks import ArticleBodyBlock
from articles.importing.rows import Action, Row
from articles.models.contributions import Contribution

# What the preview can be narrowed down to, and how it says so.
KINDS = {
    "": _("All"),
    str(Action.CREATE): _("New draft"),
    str(Action.REFUSE): _("Refused"),
}
# With more, a list of problems is folded.
FOLDED_FROM = 6
UNLINKED = _("Links to articles that were not imported have become words.")


@dataclass
class Shown:
    """A row in the words that the page prints."""

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
        Shown(
            row, str(KINDS[row.action]), list(_facts(row)), row.number not in left_out
        )
        for row in rows
    ]


def as_done(rows: Sequence[Row], result: Mapping[str, Any]) -> list[Shown]:
    """Return rows in words after an import."""
    return [
        Shown(
            row,
            str(KINDS[row.action]),
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
    yield gettext("Address"), fields["slug"]
    kinds = [
        f"{count} \N{MULTIPLICATION SIGN} {_label(name)}"
        for name, count in sorted(counted.items(), key=lambda pair: -pair[1])
        if name not in ("citations", "matched")
    ]
    yield gettext("Text"), ", ".join(kinds) or gettext("none")
    if people := fields["contributions"]:
        roles = dict(Contribution.Role.choices)
        said = (f"{one['name']} ({roles[one['role']]})" for one in people)
        yield gettext("Contributors"), ", ".join(said)
    if fields["topic"]:
        yield gettext("Topic"), fields["topic"]["name"]
    if counted["citations"]:
        found = gettext("{matched} of {total} found in the library").format(
            matched=counted["matched"], total=counted["citations"]
        )
        yield gettext("Citations"), found


def _label(name: str) -> str:
    block = ArticleBodyBlock.base_blocks[name]
    return str(block.label or name.replace("_", " ")).lower()
