"""Keeps packages out of memory that nothing here uses.

Wagtail's admin imports Django REST framework into each process that answers visitors,
and that imports each of its optional packages that it finds. Ours are there for other
work: psycopg for PostgreSQL, PyYAML for imports of articles, requests as a requirement
of Wagtail's. Unnecessary when the framework imports them where it uses them.
``tests/site/test_memory.py`` fails when they come in again.
"""

import sys
from importlib import import_module

# The fields need psycopg.
_OPTIONAL = ("django.contrib.postgres.fields", "requests", "yaml")


def leave_out() -> None:
    """Import the framework as if its optional packages were not installed.

    Others import them as before; what somebody has imported already stays.
    """
    absent = [name for name in _OPTIONAL if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # so that imports fail
    try:
        import_module("rest_framework.compat")
    finally:
        for name in absent:
            del sys.modules[name]
