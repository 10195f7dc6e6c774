"""Export formats of the library."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from evidence.formats import bibtex_writing, csl_json
from evidence.models import Reference


class Writer(NamedTuple):
    """An export format: name, file extension and writer."""

    label: str
    extension: str
    content_type: str
    write: Callable[[Iterable[Reference]], Iterator[str]]


WRITERS = {
    "csl-json": Writer(
        "CSL-JSON",
        "json",
        "application/vnd.citationstyles.csl+json",
        csl_json.write,
    ),
    "bibtex": Writer("BibTeX", "bib", "application/x-bibtex", bibtex_writing.write),
}
