"""Lists of DOIs and PubMed numbers, one a line, however they are spelt."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from evidence.formats.records import INVISIBLE, Found, Refusal, draft

# Older ones, made of a SICI, hold what ends any other: “17:15<1661::AID>3.0.CO;2-2”.
_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/(?:\(sici\)\S+|[^\s,;<>\"|]+)", re.IGNORECASE)
_PMID = re.compile(
    r"(?:pmid\s*[:#]?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|nih\.gov/pubmed/)(\d{1,9})\b",
    re.IGNORECASE,
)
_PMCID = re.compile(r"\bPMC\d{1,12}\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,9}")


def is_identifier(line: str) -> bool:
    return bool(_fields(line))


def read(text: str) -> Iterator[Found]:
    """Yield a draft for each line's work; lines that name none are refused."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        fields = _fields(line)
        if fields:
            yield draft(number, fields)
        else:
            yield Refusal(
                number,
                "This is no DOI and no PubMed number. Write one on each line, such as "
                "10.1093/brain/awaa333 or PMID 33253391.",
            )


def _fields(line: str) -> dict[str, str]:
    """Return what a line says; {} when more stands there than one work's numbers."""
    quoted = any(sign in line.lower() for sign in ("%2f", "doi.org/"))
    text = " ".join(INVISIBLE.sub("", unquote(line) if quoted else line).split())
    dois = {found.lower().rstrip(".") for found in _DOI.findall(text)}
    pmids = set(_PMID.findall(text))
    if not dois and not pmids and _NUMBER.fullmatch(text.strip(" \t,;.")):
        pmids = {text.strip(" \t,;.")}
    pmcids = {found.upper() for found in _PMCID.findall(text)}
    if len(dois) > 1 or len(pmids) > 1 or not (dois or pmids):
        return {}
    return {
        "doi": next(iter(dois), ""),
        "pmid": next(iter(pmids), ""),
        "pmcid": next(iter(pmcids), "") if len(pmcids) == 1 else "",
    }
