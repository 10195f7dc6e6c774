"""Rows of a plan: each record with its planned outcome."""

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """The outcome of a record."""

    CREATE = "create"
    UPDATE = "update"
    MATCH = "match"
    REFUSE = "refuse"


@dataclass
class Row:
    """One record of a file, with its planned outcome.

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
        typed: The words of the file, of an entry as people type them.
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
    typed: str = ""

    @property
    def decision(self) -> tuple[Any, ...]:
        """A digest of the row that an editor saw and agreed to."""
        return self.action, self.target, self.fills, self.differs

    @property
    def decides(self) -> bool:
        """Whether an editor may tick it."""
        return bool(self.action in (Action.CREATE, Action.UPDATE) or self.differs)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Row":
        row = cls(**stored)
        if isinstance(accessed := row.fields.get("accessed"), str):
            row.fields["accessed"] = date.fromisoformat(accessed)
        return row
