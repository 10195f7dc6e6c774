"""What an entry in a list of references looks like, told from prose on a work."""

import re

NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)])\s*")
# What only an entry has: a DOI, a PubMed number, “2020;143(12):3574”.
_WORK = re.compile(
    r"\b10\.\d{4,9}/\S|\bPMID\b(?:\W{0,3}\d+)?|\bdoi\s*:|"
    r"\b(?:19|20)\d\d\b[^;\n]{0,12};\s*\d+(?:[-/]\d+)?"
    r"(?:\s*\([^()\n]{1,20}\)|\s*suppl[^:\n]{0,12})?\s*:\s*[a-z]?\d",
    re.IGNORECASE,
)
# It begins with its number or its first author: “Petrou P,”, “van Dam, K.”.
_AUTHOR = re.compile(
    r"(?:[a-z]{2,3} ){0,2}[^\W\d_][\w\u2019'-]+(?: [^\W\d_][\w\u2019'-]+)?"
    r"(?:,? (?:[A-Z]\.?[ -]?){1,3}[.,;:(]|[A-Z]\.,|,? et al\b)"
)
# “… (doi: 10.1000/1) found a difference”: the sentence goes on.
_GOES_ON = re.compile(r"\S*\s+[a-z]")
_TAIL = 60  # characters at most behind an entry's last identifier


def is_entry(line: str) -> bool:
    """Return whether a line is made as entries are; prose may name a work, too."""
    found = [*_WORK.finditer(line)]
    if not found or not (NUMBER.match(line) or _AUTHOR.match(line.strip())):
        return False
    rest = line[found[-1].end() :]
    return len(rest.strip()) <= _TAIL and not _GOES_ON.match(rest)
