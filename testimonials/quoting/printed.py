"""What pages print of patients today, and what is withheld."""

from collections.abc import Iterable

from core.blocks.media import FigureBlock, VideoBlock
from core.blocks.outside_people import is_withheld
from core.blocks.outside_video import OutsideVideoBlock
from core.prefetch.walk import Place
from testimonials.models.scope import Scope
from testimonials.quoting.block import PatientQuoteBlock


def printed(places: Iterable[Place]) -> list[Place]:
    """Return those of ``places`` that are in nothing that is withheld today.

    What describes a picture or film goes with it.
    """
    found = list(places)
    withheld = {(place.field, place.position) for place in found if _is_withheld(place)}
    return [place for place in found if (place.field, place.position) not in withheld]


def _is_withheld(place: Place) -> bool:
    if isinstance(place.block, OutsideVideoBlock):
        return bool(place.value) and is_withheld(place.value)
    if isinstance(place.block, FigureBlock | VideoBlock):
        return not (place.value.get("image") or place.value.get("video"))
    if not isinstance(place.block, PatientQuoteBlock):
        return False
    who = place.value.get("subject")
    return not (who and Scope.of_subject(who).story)
