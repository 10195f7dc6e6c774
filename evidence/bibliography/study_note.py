"""The study note beneath an entry: what was studied, in whom, and who paid."""

import re

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from evidence.models import Reference
from evidence.vocabulary import Design, Species, not_in_people

# How a text begins that is no payer's name, such as “No funding was received”.
_NO_PAYER = re.compile(
    r"(?:no|none|not|nothing|nil|n/?a|un\w+|self|fund\w*|support\w*|paid|grants?)\b",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)

_STUDIED = {
    Species.HUMAN: _("people"),
    Species.ANIMAL: _("animals"),
    Species.LABORATORY: _("cells or tissue"),
}
_STUDIED_ALONE = {
    Species.HUMAN: _("Studied in people"),
    Species.ANIMAL: _("Studied in animals"),
    Species.LABORATORY: _("Studied in cells or tissue"),
}
# How a kind of work is about those studied, where it is not a study in them.
_ABOUT = {
    Design.SYSTEMATIC_REVIEW: _("%(design)s of studies in %(studied)s"),
    Design.REVIEW: _("%(design)s of studies in %(studied)s"),
    Design.GUIDELINE: _("%(design)s for %(studied)s"),
    Design.OPINION: _("%(design)s about %(studied)s"),
}
_COUNTED = {
    Species.HUMAN: ngettext_lazy("%(count)s person", "%(count)s people", "n"),
    Species.ANIMAL: ngettext_lazy("%(count)s animal", "%(count)s animals", "n"),
    Species.LABORATORY: ngettext_lazy("%(count)s sample", "%(count)s samples", "n"),
}


def sentences(reference: Reference) -> list[str]:
    """Return sentences on study, participants and funding, as far as known."""
    return list(filter(None, [_kind(reference), _who(reference), _paid(reference)]))


def _kind(reference: Reference) -> str:
    species = Species(reference.species) if reference.species else None
    if not reference.study_design:
        # Who the people were says so by itself.
        evident = species == Species.HUMAN and reference.population
        return str(_STUDIED_ALONE[species]) if species and not evident else ""
    design = Design(reference.study_design)
    if not species:
        return capfirst(str(design.label))
    sentence = str(_ABOUT.get(design) or _("%(design)s in %(studied)s"))
    kind = capfirst(str(design.label))
    return sentence % {"design": kind, "studied": _STUDIED[species]}


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
    return counted(reference)


def counted(reference: Reference) -> str:
    """Return how many were studied, such as “48 animals”, "" where nobody says so."""
    count, design = reference.sample_size, reference.study_design
    if not count:
        return ""
    species = not_in_people(design, reference.species) or reference.species
    sentence = _COUNTED[Species(species)] if species else gettext("%(count)s took part")
    return str(sentence % {"count": intcomma(count), "n": count})


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
