"""A signed token in the form: when it was shown, and the key of what comes of it."""

import time
import uuid
from dataclasses import dataclass
from typing import Self

from django.core import signing

# Nobody reads and fills in the form faster; programs do.
FASTEST = 3  # seconds
LONGEST = 24 * 60 * 60  # seconds
_SALT = "review.feedback"


@dataclass(frozen=True)
class ReportToken:
    """Under which key the report is stored once, and when its form was first shown."""

    key: uuid.UUID
    shown_at: int

    @classmethod
    def new(cls) -> Self:
        return cls(uuid.uuid4(), int(time.time()))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Parse ``text``; None where this site did not sign it, or too long ago."""
        try:
            key, shown_at = signing.loads(text, salt=_SALT, max_age=LONGEST)
            return cls(uuid.UUID(key), shown_at)
        except (signing.BadSignature, ValueError, TypeError):
            return None

    def __str__(self) -> str:
        return signing.dumps([self.key.hex, self.shown_at], salt=_SALT)

    @property
    def is_fast(self) -> bool:
        return time.time() - self.shown_at < FASTEST
