"""How a picture was made, for readers and for machines."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Provenance(models.TextChoices):
    """What readers are told of how a picture was made; "" where nobody has said."""

    PHOTOGRAPH = "photograph", _("Photograph")
    STOCK = "stock", _("Stock photograph")
    DRAWING = "drawing", _("Drawing")
    DATA = "data", _("Drawn from data")
    ALTERED = "altered", _("Photograph, altered with AI")
    AI_EDITED = "ai-edited", _("Made by AI, edited by a person")
    AI = "ai", _("Made by AI")


# After IPTC's list of sources (cv.iptc.org/newscodes/digitalsourcetype), in the words
# of schema.org. Of a stock photograph nobody knows how it was taken.
_SOURCE_TYPES = {
    Provenance.PHOTOGRAPH: "DigitalCaptureDigitalSource",
    Provenance.DRAWING: "DigitalArtDigitalSource",
    Provenance.DATA: "DataDrivenMediaDigitalSource",
    Provenance.ALTERED: "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    Provenance.AI_EDITED: "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    Provenance.AI: "TrainedAlgorithmicMediaDigitalSource",
}


def source_type(provenance: str) -> str:
    """Return schema.org's address of how it was made, "" where there is none."""
    named = {str(key): name for key, name in _SOURCE_TYPES.items()}
    return f"https://schema.org/{named[provenance]}" if provenance in named else ""


def is_made_with_ai(provenance: str) -> bool:
    with_ai = (Provenance.ALTERED, Provenance.AI_EDITED, Provenance.AI)
    return provenance in with_ai
