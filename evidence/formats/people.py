"""Names as RIS, PubMed and people write them: “Petrou, P.”, “Petrou PA”, “et al.”."""

import re

_OTHERS = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?|others)", re.IGNORECASE)
_INITIALS = re.compile(r"(.+\S)\s+([A-Z]{1,4})(?:\s+(Jr|Sr|2nd|3rd|4th|II|III|IV))?")
_SUFFIX = re.compile(r"(?:Jr|Sr|[234](?:nd|rd|th)|II|III|IV)\.?", re.IGNORECASE)


def person(text: str) -> dict[str, str] | None:
    """Return the name as CSL has it; None for “and others”.

    “Family, Given, Suffix” is a person; without a comma it is a group.
    """
    text = " ".join(text.split()).rstrip(",;")
    if _OTHERS.fullmatch(text):
        return None
    family, *rest = (part.strip() for part in text.split(","))
    if not rest:
        return {"literal": family}
    given, suffix = rest[0], " ".join(rest[1:])
    if not family:
        return {"literal": text}
    if suffix and not _SUFFIX.fullmatch(suffix):
        if _SUFFIX.fullmatch(given):
            given, suffix = suffix, given
        else:  # “Department of Health, Cardiff, Wales”
            return {"literal": text}
    parts = {"family": family, "given": given, "suffix": suffix}
    return {part: value for part, value in parts.items() if value}


def abbreviated(text: str) -> dict[str, str] | None:
    """Return a name as PubMed shortens it, “Petrou PA Jr”; None for “and others”."""
    found = _INITIALS.fullmatch(text.strip())
    if "," in text or not found:
        return person(text)
    parts = {"family": found[1], "given": found[2], "suffix": found[3] or ""}
    return {part: value for part, value in parts.items() if value}
