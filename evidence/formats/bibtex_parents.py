"""What entries of BibTeX inherit from those that they name: ``crossref``, ``xdata``."""

from collections.abc import Iterator, Mapping

from bibtexparser.model import Entry, Field
from django.utils.translation import gettext as _

# What belongs to the one that says it.
_OWN = frozenset(
    {
        *("author", "title", "subtitle", "shorttitle", "pages", "eid", "doi", "url"),
        *("urldate", "pmid", "pmcid", "eprint", "eprinttype", "archiveprefix", "file"),
        *("abstract", "keywords", "note", "crossref", "xdata", "ids", "label", "key"),
        *("articlenumber", "howpublished", "csltype", "cslauthor"),
    }
)
# A part of a book, so that the title of the whole is that of the book.
_PARTS = frozenset(
    {"inproceedings", "conference", "incollection", "inbook", "suppbook", "bookinbook"}
)
_DEEPEST = 3


def inherit(entry: Entry, keys: Mapping[str, Entry]) -> Iterator[str]:
    """Add to an entry what its parents say, and yield what an editor must know.

    Args:
        entry: Changed in place.
        keys: The entries of the file by their keys, in small letters.
    """
    known = {field.key.lower() for field in entry.fields}
    seen, parents = {id(entry)}, [(entry, 0)]
    while parents:
        child, depth = parents.pop(0)
        for kind, name in _named(child):
            parent = keys.get(name.casefold())
            if parent is None:
                yield _(
                    "It refers to “{name}” for the rest, which is not in the file; see "
                    "whether year, book and publisher are there."
                ).format(name=name[:60])
            elif id(parent) not in seen and depth < _DEEPEST:
                seen.add(id(parent))
                parents.append((parent, depth + 1))
                for field in _inherited(entry, parent, kind):
                    if field.key.lower() not in known:
                        known.add(field.key.lower())
                        entry.set_field(field)


def _named(entry: Entry) -> list[tuple[str, str]]:
    return [
        (field.key.lower(), name.strip())
        for field in entry.fields
        if field.key.lower() in ("crossref", "xdata")
        for name in str(field.value).split(",")
        if name.strip()
    ]


def _inherited(entry: Entry, parent: Entry, kind: str) -> Iterator[Field]:
    for field in list(parent.fields):
        name = field.key.lower()
        if kind == "xdata" and name not in ("xdata", "crossref"):
            yield Field(name, field.value)
        elif name == "title" and entry.entry_type.lower() in _PARTS:
            yield Field("booktitle", field.value)
        elif name == "title" and entry.entry_type.lower() == "article":
            yield Field("journal", field.value)
        elif name not in _OWN:
            yield Field(name, field.value)
