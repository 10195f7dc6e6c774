"""Writes BibTeX that reads back unchanged."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from django.utils.text import slugify

from evidence.formats.bibtex_names import authors_of
from evidence.formats.latex import from_text
from evidence.formats.types import TO_BIBTEX
from evidence.models import Reference
from evidence.vocabulary import Type

# Fields of ours, which the reader knows as well: by the field of `Reference`; the names
# say what they hold.
STUDY = {
    "study_design": "studydesign",
    "population": "studypopulation",
    "sample_size": "samplesize",
    "species": "studiedin",
    "finding": "studyfinding",
    "funding": "funding",
    "status": "recordstatus",
}
# Says that this library has written the entry, so that `csltype` and text are exact.
OURS = "csltype"
# Of our entries: the authors as CSL has them, where BibTeX cannot say it all.
NAMES = "cslauthor"

# A name that BibTeX takes for a family name by itself.
_FAMILY = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
_GIVEN = re.compile(r"[^\W\d_]+\.?(?:[ -][^\W\d_]+\.?)*")
_PUBLISHERS = {Type.REPORT: "institution", Type.THESIS: "school"}


def write(references: Iterable[Reference]) -> Iterator[str]:
    """Yield the file piece by piece, one work at a time."""
    for reference in references:
        yield entry(reference)


def entry(reference: Reference) -> str:
    """Return one entry."""
    article = reference.csl_type in {Type.JOURNAL_ARTICLE, Type.PREPRINT}
    accessed = reference.accessed
    said = {
        OURS: reference.csl_type,
        "title": f"{{{from_text(reference.title)}}}",
        "author": _authors(reference),
        NAMES: from_text(_exact(reference)),
        "journal" if article else "booktitle": from_text(reference.container_title),
        _PUBLISHERS.get(Type(reference.csl_type), "publisher"): from_text(
            reference.publisher
        ),
        "year": reference.issued_year,
        "month": reference.issued_month,
        "day": reference.issued_day,
        "volume": from_text(reference.volume),
        "number" if article else "issue": from_text(reference.issue),
        "articlenumber" if article else "number": from_text(reference.number),
        "pages": from_text(reference.page),
        "doi": _address(reference.doi),
        "pmid": reference.pmid,
        "pmcid": reference.pmcid,
        "url": _address(reference.url),
        "urldate": accessed and accessed.isoformat(),
        **{
            name: "" if value is None else from_text(str(value))
            for field, name in STUDY.items()
            for value in [getattr(reference, field)]
        },
    }
    lines = [
        f"  {name} = {{{value}}}"
        for name, value in said.items()
        if value not in (None, "")
    ]
    key = f"{slugify(reference.short_label) or 'reference'}-{reference.pk}"
    listed = ",\n".join(lines)
    return f"@{TO_BIBTEX[reference.csl_type]}{{{key},\n{listed}\n}}\n\n"


def _address(text: str) -> str:
    """Return a DOI or address with its braces escaped, which would end the field."""
    return re.sub(r"[\\{}]", lambda found: f"%{ord(found[0]):02X}", text)


def _authors(reference: Reference) -> str:
    written = [_name(name) for name in reference.authors]
    return " and ".join([*written, "others"] if reference.more_authors else written)


def _exact(reference: Reference) -> str:
    """Return the CSL authors when BibTeX cannot express them exactly.

    It knows one kind of particle, and takes one with a capital for the family name.
    """
    particles = any("particle" in part for name in reference.authors for part in name)
    if (
        particles
        and authors_of(_authors(reference), exact=True).names != reference.authors
    ):
        return json.dumps(reference.authors, ensure_ascii=False)
    return ""


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{from_text(name['literal'])}}}"
    family = _part(name.get("family", ""), _FAMILY)
    particles = [
        name.get(part, "") for part in ("dropping-particle", "non-dropping-particle")
    ]
    von = " ".join(filter(None, particles))
    if von:
        family = f"{from_text(von)} {family}"
    given, suffix = _part(name.get("given", ""), _GIVEN), name.get("suffix", "")
    if suffix:
        return f"{family}, {{{from_text(suffix)}}}, {given or '{}'}"
    # Without a comma, one word in braces would be a group.
    return f"{family}, {given}"


def _part(text: str, simple: re.Pattern[str]) -> str:
    """Return a part of a name, in braces unless BibTeX keeps it whole without."""
    plain = simple.fullmatch(text) and text[:1].isupper() and " and " not in f" {text} "
    return text if plain or not text else f"{{{from_text(text)}}}"
