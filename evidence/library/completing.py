"""Finds which blank fields of a reference another description can fill."""

from collections.abc import Mapping
from typing import Any

from evidence.models import TO_BE_COMPLETED, Reference
from evidence.vocabulary import Status

FIELDS = (
    "csl_type",
    "title",
    "authors",
    "more_authors",
    "container_title",
    "publisher",
    "issued_year",
    "issued_month",
    "issued_day",
    "volume",
    "issue",
    "page",
    "number",
    "doi",
    "pmid",
    "pmcid",
    "url",
    "accessed",
    "study_design",
    "population",
    "sample_size",
    "species",
    "finding",
    "funding",
    "status",
)
DATE = ("issued_year", "issued_month", "issued_day")


def fills(name: str, fields: Mapping[str, Any], reference: Reference) -> bool:
    """Return whether ``fields`` can fill a blank or placeholder field.

    That no more is known than “current” is blank, too: of a retraction readers are told
    as soon as anybody knows of it.
    """
    if name not in fields or name == "more_authors":
        # Whether there are more authors is said with the authors.
        return bool(fields.get(name)) and not reference.authors and "authors" in fields
    if name == "title":
        completes = reference.title.startswith(TO_BE_COMPLETED)
        return completes and not fields["title"].startswith(TO_BE_COMPLETED)
    if name == "csl_type":
        completes = reference.title.startswith(TO_BE_COMPLETED)
        return completes and fields[name] != reference.csl_type
    if name in DATE[1:]:
        # A month belongs to its year, and is of no use with another.
        larger = DATE[: DATE.index(name)]
        same = all(getattr(reference, n) in (None, fields.get(n)) for n in larger)
        return same and not getattr(reference, name)
    if name == "status":
        gravity = Status.values
        return gravity.index(fields[name]) > gravity.index(reference.status)
    return getattr(reference, name) in ("", None, [])
