"""The site's search."""

from home.search.highlighting import parts
from home.search.views import SearchForm, search

__all__ = ["SearchForm", "parts", "search"]
