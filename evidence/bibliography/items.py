"""Converts references to items for citeproc, as each style's manual wants them."""

import re
from typing import Any

from evidence.bibliography import marks
from evidence.library import identifiers, names
from evidence.models import Reference
from evidence.vocabulary import Style, Type

_LINKED = ("DOI", "URL", "PMID", "PMCID")
_AS_THEY_ARE = {"type", "issued", "accessed"}
_UNDATED = {Style.AMA.value: "n.d.", Style.NLM.value: "[date unknown]"}
_RANGE = re.compile(r"(\d+)\s*[-\N{EN DASH}]{1,2}\s*(\d+)")


def item(reference: Reference, style: str) -> dict[str, Any]:
    """Return the item of CSL-JSON for one entry of a list in ``style``."""
    # Of an unknown language: its capitals stay as the record has them.
    work: dict[str, Any] = {"id": "work", "language": "und"}
    authors = _authors(reference, style)
    if authors:
        work["author"] = authors
    for name, value in _said(reference, style, bool(authors)).items():
        if name in _LINKED:
            value = _linked(reference, style, name, str(value))
        elif name not in _AS_THEY_ARE:
            value = marks.text(value)
        if value:
            work[name] = value
    return work


def _linked(reference: Reference, style: str, name: str, value: str) -> str:
    if name != "URL" or style != Style.AMA or reference.url:
        return marks.link(name, value)
    # Where AMA prints an address, the number that stands in its place.
    other = "PMID" if reference.pmid else "PMCID"
    return f"{other}: {marks.link(other, reference.pmid or reference.pmcid)}"


def addresses(reference: Reference) -> dict[str, str]:
    """Return where an entry's links lead, by CSL's variable."""
    url = reference.url if reference.url.startswith(("https://", "http://")) else ""
    return {
        "DOI": reference.doi and identifiers.doi_address(reference.doi),
        "URL": url or (reference.best_url if not reference.url else ""),
        "PMID": reference.pmid and identifiers.pmid_address(reference.pmid),
        "PMCID": reference.pmcid and identifiers.pmcid_address(reference.pmcid),
    }


def _said(reference: Reference, style: str, authors: bool) -> dict[str, Any]:
    work = reference.as_csl()
    del work["id"]
    work.pop("author", None)
    # Of a work without a year, APA's own style says “n.d.”.
    if "issued" not in work and style in _UNDATED:
        work["issued"] = {"literal": _UNDATED[style]}
    work["page"] = _RANGE.sub(_whole_range, reference.page)
    # NLM prints PubMed's numbers by itself.
    if style != Style.NLM and not reference.doi and reference.best_url:
        work["URL"] = reference.best_url
    match reference.csl_type:
        case Type.PREPRINT:
            work["publisher"] = reference.container_title or reference.publisher
            work["container-title"] = ""
            work["genre"] = "preprint" if style == Style.NLM else ""
        case Type.THESIS:
            work["genre"] = "thesis" if style == Style.NLM else "Thesis"
        case Type.LEGISLATION:
            work["publisher"] = reference.publisher or reference.container_title
            if style == Style.APA:  # whose own are American: “Pub. L. No.”
                said = [reference.title, reference.number]
                work |= {"type": "book", "title": ", ".join(filter(None, said))}
                work["number"] = ""
        case Type.WEBPAGE if style == Style.AMA or not authors:
            # AMA has no place for a publisher. APA takes it for the author.
            work["container-title"] = reference.container_title or reference.publisher
            work["publisher"] = ""
        case Type.DATASET:
            work |= _register(reference, style)
    return work


def _register(reference: Reference, style: str) -> dict[str, str]:
    """Return the variables that differ for data and trial registers.

    AMA sets them as web pages: “ClinicalTrials.gov identifier: NCT…”. NLM's style has
    no place for the number but the notes at the end.
    """
    where = reference.container_title or reference.publisher
    if style == Style.AMA:
        said = f"{where} identifier: {reference.number}" if reference.number else where
        return {"type": "webpage", "container-title": said.strip(), "publisher": ""}
    if style == Style.NLM and reference.number:
        return {"references": f"Identifier: {reference.number}"}
    return {}


def _whole_range(found: re.Match[str]) -> str:
    """Return 3574-88 as 3574-3588; a style that shortens it does so by itself."""
    first, last = found[1], found[2]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}"


def _authors(reference: Reference, style: str) -> list[dict[str, str]]:
    written = [_name(name, style) for name in reference.authors if names.is_name(name)]
    if written and reference.more_authors:
        written.append({"literal": marks.OTHERS})
    return written


def _name(name: names.Name, style: str) -> dict[str, str]:
    if name.get("literal", "").strip():
        return {"literal": marks.text(name["literal"])}
    given = name.get("given", "")
    if given.upper() == given.lower() and given.strip(" .-"):
        # Written without capitals, as in Arabic or Chinese: there are no initials.
        return {"literal": marks.text(f"{names.family_name(name)} {given}")}
    parts = {part: marks.text(value) for part, value in name.items()}
    parts["given"] = marks.bare(_spread(given))
    if style != Style.APA:
        parts["suffix"] = marks.text(name.get("suffix", "").rstrip("."))
    return {part: value for part, value in parts.items() if value}


def _spread(given: str) -> str:
    """Return given names as capitalised words, of which citeproc takes initials.

    It takes a word without one for a particle, and initials together for one word.
    """
    return " ".join(
        " ".join(part)
        if part.isupper() and len(part) <= 3
        else part.title()
        if given.islower()
        else part
        for part in given.replace(".", " ").split()
    )
