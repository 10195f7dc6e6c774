"""Renders entries of reference lists with citeproc."""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from evidence.bibliography import items, marks
from evidence.models import Reference

# citeproc is imported where it is used: processes that answer readers print what is
# stored, and it takes six megabytes.

FOLDER = Path(__file__).parent / "csl"

# citeproc keeps what it is doing in the style that it works with.
_busy = Lock()


def entry(reference: Reference, style: str) -> str:
    """Render the entry of a work as HTML, in some milliseconds."""
    item = items.item(reference, style)
    with _busy:
        printed = _printed(item, style)
    return marks.html(printed, items.addresses(reference))


def _printed(item: dict[str, Any], style: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source.json import CiteProcJSON

    source = CiteProcJSON([item])
    listed = CitationStylesBibliography(_style(style), source, marks.Formatter)
    listed.register(Citation([CitationItem(item["id"])]))
    return "".join(map(str, listed.bibliography()))


@cache
def _style(name: str) -> Any:
    from citeproc import CitationStylesStyle

    style = CitationStylesStyle(str(FOLDER / f"{name}.csl"), validate=False)
    style.kept = list(_quickened(style))
    return style


def _quickened(style: Any) -> Iterator[Any]:
    """Cache what citeproc repeatedly asks of a style's elements.

    It searches the whole file for each macro and each term of each entry, and the file
    does not change. The elements must be kept: what is remembered goes with them.

    Neither method is documented, and no issue of citeproc-py asks for such a cache.
    tests/evidence/test_citeproc_cache.py notices when either is no longer asked, and
    when citeproc-py remembers by itself.
    """
    from citeproc.model import CitationStylesElement

    for tree in (style.root, *style.root.locales):
        for element in tree.iter():
            if isinstance(element, CitationStylesElement):
                for name in ("xpath_search", "calls_variable"):
                    if method := getattr(type(element), name, None):
                        bound = method.__get__(element)
                        setattr(element, name, lru_cache(maxsize=None)(bound))
                yield element
