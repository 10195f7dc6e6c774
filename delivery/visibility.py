"""Which statements change what readers see.

Deny by default: a statement that is not known to be without effect on any page counts
as a change. To forget a table here costs speed, and never shows an old page.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from django.apps import apps
from modelcluster.fields import ParentalKey

_PAGES = "wagtailcore_page"
# SQLite keeps its index of words in several tables, whose names begin so.
_SEARCH_INDEX = "wagtailsearch_indexentry"
_tables: set[str] = set()
_columns: dict[str, set[str]] = defaultdict(set)
_insertions: set[str] = set()

# Statements that change no row. A function that they call might: none of Django's and
# Wagtail's does.
_READS = re.compile(
    r"[\s(]*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|SET|RESET|SHOW|PRAGMA"
    # To be analysed, a statement is executed.
    r"|EXPLAIN(?!.*\bANALY[SZ]E)|LOCK|DECLARE|FETCH|CLOSE|DISCARD|LISTEN|ANALYZE)\b",
    re.IGNORECASE | re.DOTALL,
)
# Nor do these. Most of them are refused within a transaction.
_UPKEEP = re.compile(
    r"\s*(?:VACUUM|REINDEX|(?:CREATE|DROP)\s+(?:DATABASE|(?:UNIQUE\s+)?INDEX))\b",
    re.IGNORECASE,
)
_SELECT_INTO = re.compile(r"\bINTO\b", re.IGNORECASE)
_WRITE = re.compile(
    r'\s*(INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?'
    r"(?=[\s(]|$)",
    re.IGNORECASE,
)
# Those that write many rows at once are long, and seldom come again.
_LONGEST_KEPT = 2_000  # characters
_INSERTIONS = ("INSERT INTO", "INSERT OR IGNORE INTO")
_SET = re.compile(
    r'\s*UPDATE\s+"?\w+"?\s+SET\b(.+?)(?:\bWHERE\b|\bRETURNING\b|$)', re.I | re.S
)
_COLUMN = re.compile(r'(?:^|,)\s*"?(\w+)"?\s*=')
_BRACKETS = re.compile(r"\([^()]*\)")
# No text that is written out and no comment: either may hold a comma or WHERE.
_PLAIN = re.compile(r'(?:[\w\s,.:=%+]|-(?!-)|"\w+")+')
# Every value is a parameter.
_INSERTED = re.compile(
    r"[^(]*\(([^)]*)\)\s*VALUES\s*(?:%s|[(),\s])+(?:RETURNING\b|$)", re.IGNORECASE
)


def hide_models(*labels: str) -> None:
    """Declare that no page shows anything of these models ("app.Model")."""
    _tables.update(apps.get_model(label)._meta.db_table for label in labels)
    _kind.cache_clear()


def hide_fields(label: str, fields: Collection[str]) -> None:
    """Declare that no page shows these fields of a model."""
    options = apps.get_model(label)._meta
    _columns[options.db_table].update(str(options.get_field(f).column) for f in fields)
    _kind.cache_clear()


def hide_insertions(*labels: str) -> None:
    """Declare that a new record of these models shows on no page by itself.

    Such as a rendition, which is made while the page that shows it is rendered.
    """
    _insertions.update(apps.get_model(label)._meta.db_table for label in labels)
    _kind.cache_clear()


def changes_pages(sql: str, params: Any, many: bool, new: Collection[Any] = ()) -> str:
    """Return what a statement changes that readers see: its first words, or "".

    ``new`` are the numbers of pages that its transaction has inserted.
    """
    if sql.startswith("SELECT ") and " INTO " not in sql and ";" not in sql:
        return ""  # nearly all
    kind = _kind(sql) if len(sql) <= _LONGEST_KEPT else _kind.__wrapped__(sql)
    if kind is _NEW_ROWS:
        rows = params if many else [params]
        # What can be read only once is for the database.
        known = isinstance(rows, list | tuple)
        return "" if known and all(_are_hidden(sql, row, new) for row in rows) else kind
    return kind


def inserted_pages(sql: str, params: Any, many: bool) -> Sequence[Any]:
    """Return the numbers of the pages whose own fields a statement inserts."""
    write = None if many or not sql.startswith(_INSERTIONS[0]) else _WRITE.match(sql)
    is_rest = write and write[2] in _types_of_pages()
    return _inserted(sql, params, "page_ptr_id") if is_rest else ()


_NEW_ROWS = "INSERT of a page, or of a part of one"


@lru_cache(maxsize=1024)
def _kind(sql: str) -> str:
    words = " ".join(sql.split(None, 3)[:3])
    if ";" in sql.rstrip("; \n"):
        return words  # perhaps several statements
    if _READS.match(sql):
        # SELECT ... INTO makes a table; the word may also stand in a text.
        return "SELECT INTO" if _SELECT_INTO.search(sql) else ""
    if not (write := _WRITE.match(sql)):
        return "" if _UPKEEP.match(sql) else words
    verb, table = " ".join(write[1].upper().split()), write[2]
    if table in _tables or table.startswith(_SEARCH_INDEX):
        return ""
    if verb in _INSERTIONS and "CONFLICT" not in sql.upper():
        if table in _insertions or table in _types_of_pages():
            return ""
        if table == _PAGES or table in _parts_of_pages():
            return _NEW_ROWS
    if verb == "UPDATE" and table in _columns and (assigned := _SET.match(sql)):
        # Without what is in brackets each comma begins another column.
        columns = _BRACKETS.sub("", assigned[1])
        names = set(_COLUMN.findall(columns))
        if _PLAIN.fullmatch(columns) and names and names <= _columns[table]:
            return ""
    return words


@lru_cache(maxsize=1)
def _types_of_pages() -> set[str]:
    """Return the tables that hold the rest of a page, which shows with its first part.

    A page is inserted into Wagtail's table first.
    """
    # Models are not there yet when the connection is made.
    page = apps.get_model("wagtailcore.Page")
    types = [m for m in apps.get_models() if issubclass(m, page) and m is not page]
    return {model._meta.db_table for model in types}


@lru_cache(maxsize=1)
def _parts_of_pages() -> dict[str, str]:
    """Return the tables of parts of a page, and the column that names the page."""
    page = apps.get_model("wagtailcore.Page")
    return {
        model._meta.db_table: field.column
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, ParentalKey) and issubclass(field.related_model, page)
    }


def _are_hidden(sql: str, params: Any, new: Collection[Any]) -> bool:
    """Return whether all rows are drafts, or parts of pages that are new themselves.

    A part shows with its page: at once if that is live, which was noticed then.
    """
    write = _WRITE.match(sql)
    if column := _parts_of_pages().get(write[2] if write else ""):
        hidden = [owner in new for owner in _inserted(sql, params, column)]
    else:
        hidden = [not live for live in _inserted(sql, params, "live")]
    return bool(hidden) and all(hidden)


def _inserted(sql: str, params: Any, column: str) -> Sequence[Any]:
    """Return what every row that a statement inserts has in a column."""
    if not (inserted := _INSERTED.match(sql)) or not isinstance(params, list | tuple):
        return ()
    names = [name.strip(' "') for name in inserted[1].split(",")]
    if column not in names or len(params) % len(names):
        return ()
    return params[names.index(column) :: len(names)]
