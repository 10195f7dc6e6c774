"""How the text of a page was written, for readers and for machines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.pictures.provenance import is_made_with_ai, source_type


class TextProvenance(models.TextChoices):
    """What readers are told of it; "" where nobody has said."""

    PEOPLE = "people", _("Written by people, without AI")
    AI_EDITED = "ai-edited", _("Drafted with AI, checked and edited by people")
    AI = "ai", _("Written by AI")
    TRANSLATED_EDITED = "mt-edited", _("Translated by machine, checked by people")
    TRANSLATED = "mt", _("Translated by machine")


# A translation is composed of a text by people and of what a model has made of it.
_AS_MADE: dict[str, str] = {
    TextProvenance.TRANSLATED_EDITED: "ai-edited",
    TextProvenance.TRANSLATED: "ai-edited",
}


def is_written_with_ai(provenance: str) -> bool:
    return is_made_with_ai(_AS_MADE.get(provenance, provenance))


def text_properties(provenance: str) -> dict[str, str]:
    """Return what machines are told: where AI took part, and of nothing else."""
    if not is_written_with_ai(provenance):
        return {}
    return {"digitalSourceType": source_type(_AS_MADE.get(provenance, provenance))}
