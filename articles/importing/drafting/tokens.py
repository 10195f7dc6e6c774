"""Placeholder numbers for records that an import would create.

The blocks of an article are planned before the pictures, references and articles exist
that they refer to. Nothing in a database has such a number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_FIRST = 9 * 10**17  # eighteen digits, which every database's integers hold
_STANDS_FOR = re.compile(r'\bid="(9\d{17})"')


@dataclass
class Placeholders:
    """Gives each record to be made a number, always the same for the same record.

    Attributes:
        keys: The number of each.
        typed: By number, the entry of a list that a reference is made of.
    """

    keys: dict[tuple[str, ...], int] = field(default_factory=dict)
    typed: dict[int, str] = field(default_factory=dict)

    def _number(self, *key: str) -> int:
        return self.keys.setdefault(key, _FIRST + len(self.keys))

    def reference(self, doi: str, pmid: str, typed: str = "") -> int:
        number = self._number("reference", doi, "" if doi else pmid)
        self.typed.setdefault(number, typed)
        return number

    def picture(self, path: str) -> int:
        return self._number("picture", path)

    def article(self, path: str) -> int:
        return self._number("article", path)


def wanted(value: Any) -> set[int]:
    """Return every placeholder in ``value``."""
    if isinstance(value, dict):
        return set().union(*map(wanted, value.values()))
    if isinstance(value, list):
        return set().union(*map(wanted, value))
    if isinstance(value, str):
        return {int(number) for number in _STANDS_FOR.findall(value)}
    return {value} if isinstance(value, int) and value >= _FIRST else set()


def filled(value: Any, pks: Mapping[int, int]) -> Any:
    """Return ``value`` with the ids of the records that were made."""
    if isinstance(value, dict):
        return {key: filled(each, pks) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, pks) for each in value]
    if isinstance(value, str):
        return _STANDS_FOR.sub(
            lambda match: f'id="{pks.get(int(match[1]), match[1])}"', value
        )
    return pks.get(value, value) if isinstance(value, int) else value
