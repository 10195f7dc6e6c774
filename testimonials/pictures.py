"""The pictures and films that a story shows, protected before they are."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from core.media.private_files import NotMoved, say
from core.models.images import SiteImage
from core.models.shown_people import Shows
from core.models.videos import Video
from core.prefetch.walk import walk


def pictures_of(story: Any) -> list[Any]:
    """Return every `SiteImage` and `Video` in the fields and blocks of ``story``."""
    held = [getattr(record, name) for record, name in story.relations()]
    held += [place.value for place in walk(story)]
    return [record for record in held if isinstance(record, SiteImage | Video)]


def protect_before_storing(records: Iterable[Any]) -> None:
    """Say of ``records`` that they show people, unless somebody has said what.

    Raises:
        ValidationError: A store failed; that record and those after it are unchanged.
    """
    for record in records:
        if record and not record.shows:
            try:
                say(record, Shows.PEOPLE)
            except NotMoved as failure:
                raise ValidationError(failure.sentence) from failure
