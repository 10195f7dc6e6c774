"""Wagtail's database search, made safe for any query.

Waits for https://github.com/wagtail/wagtail/issues/13227. A test in
tests/core/test_upstream.py fails once that is mended: then this module can go, and the
setting ``WAGTAILSEARCH_BACKENDS`` can name Wagtail's own backend.
"""

import copy
import re
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.query import Phrase, PlainText


class QuotingMixin:
    """Doubles quotation marks, which end a word in SQLite's full-text search.

    Without it a single one typed into any search of the admin is a syntax error.
    """

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        if isinstance(query, PlainText | Phrase):
            query = copy.copy(query)
            query.query_string = query.query_string.replace('"', '""')
        return super().build_search_query_content(query, config)  # type: ignore[misc]


class SignedNumbersMixin:
    """Finds “COVID-19” by its parts: PostgreSQL reads “-19” there as a number below 0.

    Wagtail's compiler parts words at hyphens, and its index does not.
    """

    LAST_TERM_IS_PREFIX: bool

    def build_tsquery_content(
        self, query: Any, config: Any = None, invert: bool = False
    ) -> Any:
        terms = re.split(r"[\s\-]+", getattr(query, "query_string", "").strip(" -"))
        if not isinstance(query, PlainText) or not any(map(str.isdecimal, terms)):
            return super().build_tsquery_content(  # type: ignore[misc]
                query, config=config, invert=invert
            )
        from django.contrib.postgres.search import SearchQuery
        from modelsearch.backends.database.postgres.query import Lexeme

        lexemes = []
        for term in terms:
            is_last = term is terms[-1] and self.LAST_TERM_IS_PREFIX
            one = Lexeme(term, invert=invert, prefix=is_last)
            if term.isdecimal():
                signed = Lexeme(f"-{term}", invert=invert, prefix=is_last)
                one = one & signed if invert else one | signed
            lexemes.append(one)
        joined = and_ if (query.operator == "and") is not invert else or_
        return SearchQuery(reduce(joined, lexemes), search_type="raw", config=config)


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  (Wagtail's name)
    """Return the database's search backend, with what it lacks."""
    backend = database.SearchBackend(params)
    mixin = {"sqlite": QuotingMixin, "postgresql": SignedNumbersMixin}.get(
        connection.vendor
    )
    if mixin:
        for name in ("query_compiler_class", "autocomplete_query_compiler_class"):
            compiler = getattr(backend, name)
            made = type(f"{mixin.__name__}{compiler.__name__}", (mixin, compiler), {})
            setattr(backend, name, made)
    return backend
