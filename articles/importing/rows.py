"""Rows of a plan: each file with its planned outcome."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """The outcome of a file."""

    CREATE = "create"
    REFUSE = "refuse"


@dataclass
class Row:
    """One file, and the outcome planned for it.

    Attributes:
        number: Its place among the files, from 0.
        path: The file.
        action: How it ends.
        reason: Why it is refused, in a sentence.
        fields: The draft, its streams as they are stored; other records that an import
            makes are called by a number of `tokens`.
        counted: How many blocks there are of each kind, citations, and those matched.
        problems: What an editor must look at: line, typed, sentence.
    """

    number: int
    path: str
    action: str
    reason: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.fields.get("title", ""))

    @property
    def decides(self) -> bool:
        """Whether an editor may tick it: refused rows cannot be ticked."""
        return self.action == Action.CREATE

    @property
    def decision(self) -> tuple[Any, ...]:
        """A digest of the row that an editor saw and agreed to."""
        return self.action, self.reason, self.fields

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Row":
        return cls(**stored)
