"""What a work studied, in the words that readers find beneath its entry."""

import re

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.text import capfirst

from evidence.models import Reference
from evidence.vocabulary import Design, Species

# Who is meant where nothing is said but a number, one or many.
_COUNTED = {
    Species.HUMAN: ("person", "people"),
    Species.ANIMAL: ("animal", "animals"),
    Species.LABORATORY: ("sample", "samples"),
}
_STUDIED = {
    Species.HUMAN: "people",
    Species.ANIMAL: "animals",
    Species.LABORATORY: "cells or tissue",
}
# How a kind of work is about those studied, where it is not a study in them.
_ABOUT = {
    Design.SYSTEMATIC_REVIEW: "of studies in",
    Design.REVIEW: "of studies in",
    Design.GUIDELINE: "for",
    Design.OPINION: "about",
}
# How a text begins that is no payer's name, such as “No funding was received”.
_NO_PAYER = re.compile(
    r"(?:no|none|not|nothing|nil|n/?a|un\w+|self|fund\w*|support\w*|paid|grants?)\b",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)


def sentences(reference: Reference) -> list[str]:
    """Return study, participants and funding, of each what is known and no more."""
    return list(filter(None, [_kind(reference), _who(reference), _paid(reference)]))


def _kind(reference: Reference) -> str:
    studied = _STUDIED.get(Species(reference.species)) if reference.species else ""
    if not reference.study_design:
        # Who the people were says so by itself.
        evident = reference.species == Species.HUMAN and reference.population
        return f"Studied in {studied}" if studied and not evident else ""
    design = Design(reference.study_design)
    about = f" {_ABOUT.get(design, 'in')} {studied}" if studied else ""
    return f"{capfirst(design.label)}{about}"


def _who(reference: Reference) -> str:
    count, population = reference.sample_size, reference.population.rstrip(" .")
    if count is None:
        return capfirst(population)
    said = intcomma(count)
    if population:
        if re.search(rf"\b(?:{count}|{said})\b", population) or _IN_WORDS.match(
            population
        ):
            return capfirst(population)
        return f"{said} {_within_a_sentence(population)}"
    if not reference.species:
        return f"{said} took part"
    one, many = _COUNTED[Species(reference.species)]
    return f"{said} {one if count == 1 else many}"


def _within_a_sentence(text: str) -> str:
    """Return a text with a small first letter, unless it is a name or in capitals."""
    first = text.split()[0]
    return text[0].lower() + text[1:] if first[1:].islower() else text


def _paid(reference: Reference) -> str:
    funding = reference.funding.rstrip(" .")
    if not funding:
        return ""
    if _NO_PAYER.match(funding):
        return f"Funding: {funding}"
    return f"Paid for by {funding}"
