"""System check of the keys beside what they opened."""

from typing import Any

from django.core.checks import Error
from django.db import connections

from core.keys import data_keys
from core.models.data_key import DataKey


def keys_open_what_is_kept(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[Error]:
    """Report keys of forms that `FIELD_KEYS` does not open.

    Runs with ``migrate`` and ``check --database``, as a release is put in place.
    """
    table = DataKey._meta.db_table
    if "default" not in (databases or ()) or (
        table not in connections["default"].introspection.table_names()
    ):
        return []
    if not (count := data_keys.unreadable()):
        return []
    return [
        Error(
            f"FIELD_KEYS lacks the key that {count} keys of forms are encrypted with: "
            "what applicants sent cannot be read.",
            hint="Put the missing key back at the end of FIELD_KEYS, from the sealed "
            "copy (docs/operations.md), and restart every process of the site.",
            id="core.E002",
        )
    ]
