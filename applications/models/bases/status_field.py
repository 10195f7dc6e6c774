"""A column in which three states keep the names they had in earlier releases."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField

_STORED = {"received": "new", "reading": "read", "closed": "archived"}
_CALLED = {stored: called for called, stored in _STORED.items()}


class StatusField(_CharField):
    """Stores received, reading and closed as new, read and archived.

    A process of the release before, which still runs while a new one is put in place,
    reads and writes those. No row has to be renamed, and no query asks for two names.
    Everything but SQL by hand sees the names of today, and may use those of before.
    """

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return _CALLED.get(value, value)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return _CALLED.get(text, text)

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return _STORED.get(text, text)
