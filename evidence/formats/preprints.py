"""Tells preprints from published works that are on a server for preprints, too."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

_ARXIV = re.compile(
    r"(?:arxiv\s*:?\s*|https?://arxiv\.org/(?:abs|pdf)/)?"
    r"(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[a-z]{2})?/\d{7}(?:v\d+)?)"
    r"(?:\.pdf)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_IN_JOURNAL = re.compile(
    r"arxiv(?: e-prints?| preprint)?(?:[\s:]+arxiv)?[\s:]*(\S*)(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_CORR = re.compile(r"corr|computing research repository", re.IGNORECASE)
_KINDS = frozenset({"article", "misc", "unpublished", "online", "preprint"})
_PUBMED = frozenset({"pubmed", "pmid"})


def is_preprint(kind: str, said: Mapping[str, str]) -> bool:
    """Return whether an entry of BibTeX is a preprint and nothing more.

    Args:
        kind: Its type, in small letters.
        said: Its fields as text.
    """
    journal = _journal(said)
    on_server = _archive(said) == "arxiv" or _is_server(journal)
    if not on_server or kind not in _KINDS:
        return False
    published = journal and not _is_server(journal)
    doi = said.get("doi", "").lower()
    placed = said.get("pages") or said.get("number") or said.get("volume")
    return not published and not (
        doi and "10.48550/" not in doi and placed and not _is_server(journal)
    )


def address(said: Mapping[str, str], notes: list[str]) -> str:
    """Return where a work without another address is on arXiv, "" for nowhere.

    Args:
        said: The fields of an entry of BibTeX as text.
        notes: What is added to when a number of another archive is left out.
    """
    archive, number = _archive(said), said.get("eprint", "")
    if number and archive and archive not in {"arxiv", *_PUBMED}:
        sentence = _("Its number “{number}” in “{archive}” has no field; left out.")
        notes.append(sentence.format(number=number[:60], archive=archive[:40]))
        return ""
    stated = number if archive == "arxiv" else ""
    if not stated and (found := _IN_JOURNAL.fullmatch(_journal(said))):
        stated = found[1] or said.get("number", "") or said.get("volume", "")
    elif not stated and _CORR.fullmatch(_journal(said)):
        stated = said.get("volume", "").removeprefix("abs/")
    match = _ARXIV.fullmatch(stated.strip())
    if match is None:
        return ""
    if said.get("doi"):
        sentence = _("Its number {number} on arXiv is left out: its DOI leads to it.")
        notes.append(sentence.format(number=match[1]))
        return ""
    return f"https://arxiv.org/abs/{match[1]}"


def _archive(said: Mapping[str, str]) -> str:
    archive = said.get("archiveprefix") or said.get("eprinttype") or ""
    stated = said.get("eprint", "").lower()
    if not archive and stated.startswith(("arxiv:", "https://arxiv.org/")):
        return "arxiv"
    return archive.strip().lower()


def _journal(said: Mapping[str, str]) -> str:
    return (said.get("journal") or said.get("journaltitle") or "").strip()


def _is_server(journal: str) -> bool:
    return bool(_IN_JOURNAL.fullmatch(journal) or _CORR.fullmatch(journal))
