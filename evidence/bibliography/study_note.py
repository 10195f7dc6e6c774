"""The study note beneath an entry: what was studied, in whom, and who paid."""

import re

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from evidence.models import Reference
from evidence.vocabulary import Design, Species

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
    """Return sentences on study, participants and funding, as far as known."""
    return list(filter(None, [_kind(reference), _who(reference), _paid(reference)]))


def _kind(reference: Reference) -> str:
    species = Species(reference.species) if reference.species else None
    if not reference.study_design:
        # Who the people were says so by itself.
        evident = species == Species.HUMAN and reference.population
        return _studied(species) if species and not evident else ""
    design = Design(reference.study_design)
    if not species:
        return capfirst(str(design.label))
    studied = {
        Species.HUMAN: gettext("people"),
        Species.ANIMAL: gettext("animals"),
        Species.LABORATORY: gettext("cells or tissue"),
    }[species]
    # How a kind of work is about those studied, where it is not a study in them.
    about = {
        Design.SYSTEMATIC_REVIEW: gettext("%(design)s of studies in %(studied)s"),
        Design.REVIEW: gettext("%(design)s of studies in %(studied)s"),
        Design.GUIDELINE: gettext("%(design)s for %(studied)s"),
        Design.OPINION: gettext("%(design)s about %(studied)s"),
    }
    sentence = about.get(design) or gettext("%(design)s in %(studied)s")
    return sentence % {"design": capfirst(str(design.label)), "studied": studied}


def _studied(species: Species) -> str:
    return {
        Species.HUMAN: gettext("Studied in people"),
        Species.ANIMAL: gettext("Studied in animals"),
        Species.LABORATORY: gettext("Studied in cells or tissue"),
    }[species]


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
    counted = {
        Species.HUMAN: ngettext("%(count)s person", "%(count)s people", count),
        Species.ANIMAL: ngettext("%(count)s animal", "%(count)s animals", count),
        Species.LABORATORY: ngettext("%(count)s sample", "%(count)s samples", count),
    }
    species = Species(reference.species) if reference.species else None
    sentence = counted[species] if species else gettext("%(count)s took part")
    return sentence % {"count": said}


def _within_a_sentence(text: str) -> str:
    """Lower the first letter, unless the word is a name or in capitals."""
    first = text.split()[0]
    return text[0].lower() + text[1:] if first[1:].islower() else text


def _paid(reference: Reference) -> str:
    funding = reference.funding.rstrip(" .")
    if not funding:
        return ""
    if _NO_PAYER.match(funding):
        return gettext("Funding: %(funding)s") % {"funding": funding}
    return gettext("Paid for by %(funding)s") % {"funding": funding}
