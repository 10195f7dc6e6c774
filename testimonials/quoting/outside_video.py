"""Videos at other hosts that show patients."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.blocks.outside_video import OutsideVideoBlock
from core.prefetch.walk import Place
from testimonials.models.scope import Scope


def someone_withholds(people: Iterable[Any]) -> bool:
    """Return whether one of ``people`` does not allow a video, or is forgotten.

    One query for each person unless the page was prefetched.
    """
    return not all(person and _allows(person) for person in people)


def _allows(person: Any) -> bool:
    scope = Scope.of_subject(person)
    return scope.story and scope.films


def videos_of_people(places: Iterable[Place]) -> Iterator[tuple[Place, list[Any]]]:
    """Yield the videos of patients among ``places``, with whom they show.

    None stands for somebody who was forgotten.
    """
    for place in places:
        is_video = isinstance(place.block, OutsideVideoBlock) and place.value
        if is_video and (people := list(place.value.get("people") or ())):
            yield place, people
