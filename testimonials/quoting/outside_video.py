"""The block of a video at another host that says which patients it shows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.outside_video import OutsideVideoBlock
from core.prefetch.walk import Place
from testimonials.models.scope import Scope
from testimonials.quoting.block import SUBJECT, SubjectBlock


class PatientVideoBlock(OutsideVideoBlock):
    """A video at another host, shown while all patients allow it whom it shows."""

    people = blocks.ListBlock(
        SubjectBlock(SUBJECT, label=_("Person")),
        default=[],
        collapsed=True,
        help_text=_(
            "Everybody in it who was treated. Readers see the video only while all of "
            "them consent to medical detail, video and voice; its texts are found by "
            "no search."
        ),
        label=_("Patients it shows"),
    )

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["is_withheld"] |= is_withheld(value)
        return context


def is_withheld(video: Any) -> bool:
    """Return whether somebody whom ``video`` shows does not allow it, or is forgotten.

    One query for each person unless the page was prefetched.
    """
    return not all(person and _allows(person) for person in video.get("people") or ())


def _allows(person: Any) -> bool:
    scope = Scope.of_subject(person)
    return scope.story and scope.films


def videos_of_people(places: Iterable[Place]) -> Iterator[tuple[Place, list[Any]]]:
    """Yield the videos of patients among ``places``, with whom they show.

    None stands for somebody who was forgotten.
    """
    for place in places:
        is_video = isinstance(place.block, PatientVideoBlock) and place.value
        if is_video and (people := list(place.value.get("people") or ())):
            yield place, people
