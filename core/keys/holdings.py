"""Writes what is encrypted anew under the first key, so that older ones may go.

Whatever keeps something under `FIELD_KEYS` for longer than a day registers a `Holding`;
columns of `core.encrypted_fields` are found by themselves.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator

from core import encryption

# Stands for the key of a value that names none, or one that no longer has its form.
UNKNOWN = "unknown"


class Holding(ABC):
    """Values of one kind that are kept under a key.

    Attributes:
        name: What they are, in the plural, for whoever runs the command.
    """

    name: str

    def current(self) -> set[str]:
        """Return the names of the keys that it is written under today.

        Raises:
            core.encryption.KeysUnusableError: There is no key to write with.
        """
        return {encryption.key_names()[0]}

    @abstractmethod
    def in_use(self) -> Counter[str]:
        """Return how many values are kept under each key, by the key's name.

        A key that `FIELD_KEYS` no longer holds is among them.
        """

    @abstractmethod
    def renew(self) -> Iterator[bool]:
        """Write each value anew that is not under a `current` key.

        A value is under one key or the other at any moment, and what others write
        meanwhile stays.

        Yields:
            For each value whether it could be read; one that cannot stays as it is.

        Raises:
            core.encryption.KeysUnusableError: There is no key to write with.
        """


_holdings: list[Holding] = []


def register_holding(holding: Holding) -> None:
    """Register values that are kept under a key."""
    _holdings.append(holding)


def registered() -> list[Holding]:
    """Return what was registered; columns are not among it."""
    return list(_holdings)
