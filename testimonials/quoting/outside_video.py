"""The block of a video at another host that says which patients it shows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.outside_video import OutsideVideoBlock
from core.media.outside_videos import outside_video
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
        page = (parent_context or {}).get("page")
        context["is_withheld"] |= is_withheld(value) or not _is_shown_by(
            getattr(page, "present", None), value
        )
        return context


def is_withheld(video: Any) -> bool:
    """Return whether somebody whom ``video`` shows does not allow it, or is forgotten.

    One query for each person unless the page was prefetched.
    """
    return not all(person and _allows(person) for person in video.get("people") or ())


def identity(video: Any) -> Any:
    """Return what is equal for blocks of one video, by its address."""
    address = str(video.get("address") or "")
    return outside_video(address) or address


def _is_shown_by(present: Any, video: Any) -> bool:
    """Return whether readers of a page today see a video of its earlier version.

    Whom it shows may have been said since, and it may have been taken out for them.

    Args:
        present: The page, None where the video is in no earlier version.
        video: The block's value.
    """
    if present is None:
        return True
    same = [
        place.value
        for place in present.places
        if isinstance(place.block, PatientVideoBlock) and place.value
        if identity(place.value) == identity(video)
    ]
    return bool(same) and not any(map(is_withheld, same))


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
