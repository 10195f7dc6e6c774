"""Formats that are recognised and refused as a whole, with what to do instead."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# What is looked at; every format says by then what it is.
_BEGINNING = 20_000  # characters
_RIS = _("Export the list from there as RIS instead.")
_PUBMED = _("In PubMed, use Save ▸ Format: PubMed instead.")
_ENDNOTE = _("In EndNote, export with the output style “RefMan (RIS) Export” instead.")
_COLUMNS = re.compile(
    r"title|authors?|doi|year|publication year|journal|source title|source|pmid"
    r"|article title|item type|author full names|publication title|abstract",
    re.IGNORECASE,
)

# By what of them is found at the beginning of the text; the first that fits counts.
_KNOWN: tuple[tuple[re.Pattern[str], str | Promise, str | Promise], ...] = (
    (
        re.compile(
            r"\AFN [^\n]{1,80}\nVR 1\.0|^PT [JBSP]\n(?:[A-Z][A-Z0-9] |   )",
            re.MULTILINE,
        ),
        _("Web of Science's own format"),
        _RIS,
    ),
    (
        re.compile(
            r"<PubmedArticle|<PubmedBookArticle|DOCTYPE PubmedArticleSet", re.MULTILINE
        ),
        _("PubMed's XML"),
        _PUBMED,
    ),
    (re.compile(r"<MedlineCitation", re.MULTILINE), _("MEDLINE's XML"), _PUBMED),
    (
        re.compile(r"<eSummaryResult|<eFetchResult", re.MULTILINE),
        _("an answer of PubMed's to programs"),
        _PUBMED,
    ),
    (
        re.compile(
            r"<xml>\s*<records>|<records>\s*<record>|<source-app name=\"EndNote\"",
            re.MULTILINE,
        ),
        _("EndNote's XML"),
        _ENDNOTE,
    ),
    (
        re.compile(r"^%0 [A-Z][^\n]{2,40}\n(?:%[A-Z0-9@!>] )", re.MULTILINE),
        _("EndNote's or Refer's tagged format (%0, %A, %T)"),
        _RIS,
    ),
    (
        re.compile(r"^RT [A-Z][^\n]{2,40}\n(?:[A-Z][A-Z0-9] )", re.MULTILINE),
        _("RefWorks' tagged format"),
        _RIS,
    ),
    (
        re.compile(r"<refworks|<reference_list|<RefWorks", re.MULTILINE),
        _("RefWorks' XML"),
        _RIS,
    ),
    (
        re.compile(r"<modsCollection|<mods[ >]", re.MULTILINE),
        _("MODS, a kind of XML"),
        _RIS,
    ),
    (
        re.compile(r"<rdf:RDF", re.MULTILINE),
        _("RDF, as Zotero and libraries write it"),
        _RIS,
    ),
    (
        re.compile(r"<crossref_result|<doi_records|<doi_batch", re.MULTILINE),
        _("Crossref's XML"),
        _RIS,
    ),
    (
        re.compile(
            r"<article[ >][^<]*(?:<[^<]*){1,20}<article-meta|<ref-list", re.MULTILINE
        ),
        _("the XML of journals (JATS)"),
        _RIS,
    ),
    (
        re.compile(r"<b:Sources|<b:Source>", re.MULTILINE),
        _("Word's list of sources (XML)"),
        _RIS,
    ),
    (
        re.compile(r"<bibtex:file|<bibtex:entry", re.MULTILINE),
        _("BibTeX as XML"),
        _("Export the list from there as BibTeX instead."),
    ),
    (
        re.compile(
            r"<collection[ >][^<]*(?:<[^<]*){1,4}<(?:marc:)?record|<marc:|<record xmlns=\"http://www\.loc\.gov/MARC",
            re.MULTILINE,
        ),
        _("a library catalogue's MARC"),
        _RIS,
    ),
    (
        re.compile(r"\A\d{5}[a-z ][a-z]{2} ", re.MULTILINE),
        _("a library catalogue's MARC"),
        _RIS,
    ),
    (re.compile(r"\A\{\\rtf", re.MULTILINE), _("RTF, a text document"), _RIS),
    (
        re.compile(r"\A\s*<!doctype html|\A\s*<html[ >]", re.MULTILINE | re.IGNORECASE),
        _("a web page"),
        _RIS,
    ),
    (
        re.compile(r"\A<1\. ?>|^Unique Identifier\s*\n|^VN  - Ovid", re.MULTILINE),
        _("Ovid's own format"),
        _RIS,
    ),
    (
        re.compile(
            r"^references:\s*\n\s*- |^- (?:id|type|title): [^\n]*\n  [a-z-]+: ",
            re.MULTILINE,
        ),
        _("CSL-YAML"),
        _("Export the list from there as CSL-JSON instead."),
    ),
    (
        re.compile(r"\A\s*<\?xml|\A\s*<[A-Za-z!][^>]{0,200}>", re.MULTILINE),
        _("XML of a kind that is not read here"),
        _RIS,
    ),
)
_ZOTERO = re.compile(r'"itemType"\s*:')


def named(text: str) -> tuple[str, str] | None:
    """Return the name of a format that is not read, and what to do instead.

    Args:
        text: The contents of a file, with newlines as line ends.
    """
    beginning = text[:_BEGINNING].lstrip("\n ")
    if beginning[:1] in ("[", "{") and not beginning.startswith("{\\rtf"):
        if _ZOTERO.search(beginning):
            return gettext("Zotero's own JSON"), gettext(
                "Export from Zotero as CSL-JSON instead."
            )
        return None
    for pattern, name, advice in _KNOWN:
        if pattern.search(beginning):
            return str(name), str(advice)
    if _is_table(beginning):
        return str(_("a table (CSV), as for Excel")), str(_RIS)
    return None


def _is_table(text: str) -> bool:
    """Return whether the first line names columns."""
    first, _, rest = text.partition("\n")
    sign = max("\t;,", key=first.count)
    cells = [cell.strip(" \"'") for cell in first.split(sign)]
    known = sum(bool(_COLUMNS.fullmatch(cell)) for cell in cells)
    return len(cells) > 1 and known > 1 and bool(rest.strip())
