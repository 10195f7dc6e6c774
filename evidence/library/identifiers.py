"""Normalises identifiers of published works."""

import re
from urllib.parse import quote, unquote

_DOI_PREFIX = re.compile(
    r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/|^doi\s*:\s*|^info:doi/", re.IGNORECASE
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMID_PREFIX = re.compile(
    r"^(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|www\.ncbi\.nlm\.nih\.gov/pubmed/)"
    r"|^pmid\s*:?\s*",
    re.IGNORECASE,
)
_PMCID = re.compile(r"PMC\d{1,12}")


def doi(text: str) -> str:
    """Normalise a DOI: without resolver address, in lower case.

    DOIs are compared without regard to case (ISO 26324). What is none comes back as is.
    """
    text = text.strip()
    bare = _DOI_PREFIX.sub("", text).strip()
    if bare != text and text.lower().startswith(("http", "dx.", "doi.org", "www.")):
        bare = unquote(bare)
    return bare.lower()


def pmid(text: str) -> str:
    """Normalise a PubMed number, without prefixes."""
    return _PMID_PREFIX.sub("", text.strip()).strip("/ ")


def pmcid(text: str) -> str:
    """Normalise a PubMed Central number as “PMC123”."""
    bare = re.sub(r"^pmcid\s*:?\s*", "", text.strip(), flags=re.IGNORECASE).upper()
    return f"PMC{bare}" if bare.isascii() and bare.isdigit() else bare


def is_doi(text: str) -> bool:
    return bool(_DOI.fullmatch(text))


def is_pmid(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def is_pmcid(text: str) -> bool:
    return bool(_PMCID.fullmatch(text))


def doi_address(text: str) -> str:
    """Return the address of a DOI, with unsafe characters quoted."""
    return "https://doi.org/" + quote(text, safe="/:;().,-_")


def pmid_address(text: str) -> str:
    """Return the address of a PubMed number."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{quote(text, safe='')}/"


def pmcid_address(text: str) -> str:
    """Return the address of a PubMed Central number."""
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{quote(text, safe='')}/"
