"""Wagtail's database search, made to take whatever people type."""

import copy
from typing import Any

from modelsearch.backends import database
from modelsearch.query import Phrase, PlainText


class QuotingMixin:
    """Doubles quotation marks, at which SQLite's full-text search ends a word.

    Without it a single one typed into any search of the admin is a syntax error.
    """

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        if isinstance(query, PlainText | Phrase):
            query = copy.copy(query)
            query.query_string = query.query_string.replace('"', '""')
        return super().build_search_query_content(query, config)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  (Wagtail's name)
    """Return the backend for the database, its queries quoted where that is SQLite."""
    backend = database.SearchBackend(params)
    stock = type(backend)
    if stock.__name__ != "SQLiteSearchBackend":
        return backend
    backend.query_compiler_class = _quoting(stock.query_compiler_class)
    backend.autocomplete_query_compiler_class = _quoting(
        stock.autocomplete_query_compiler_class
    )
    return backend


def _quoting(compiler: type) -> type:
    return type(f"Quoting{compiler.__name__}", (QuotingMixin, compiler), {})
