"""The renditions that pictures have, read for many pictures in one query.

They are kept as plain rows. A page has twenty and more for each of its pictures, and
making records of them would take longer than all its queries.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from wagtail.images.models import Filter

from core.media.stored_files import StoredRendition, address_of


class Known(NamedTuple):
    """A rendition that was made: its file's name, and its size in pixels."""

    name: str
    width: int
    height: int


def read(images: Iterable[Any]) -> None:
    """Read the renditions of all ``images`` into their ``known_renditions``."""
    waiting = [image for image in images if image.pk and not _is_read(image)]
    if not waiting:
        return
    made = type(waiting[0]).get_rendition_model()
    found: dict[int, dict[tuple[str, str], Known]] = {image.pk: {} for image in waiting}
    columns = ("image_id", "filter_spec", "focal_point_key", "file", "width", "height")
    rows = made.objects.filter(image_id__in=found).values_list(*columns)
    for pk, spec, focal_point, name, width, height in rows:
        found[pk][spec, focal_point] = Known(name, width, height)
    for image in waiting:
        image.known_renditions = found[image.pk]


def _is_read(image: Any) -> bool:
    return image.known_renditions is not None


def known(image: Any, wanted: Filter) -> Known | None:
    """Return a rendition, None when it was not made or not read."""
    if image.known_renditions is None:
        return None
    found: Known | None = image.known_renditions.get(
        (wanted.spec, wanted.get_cache_key(image))
    )
    return found


def note(image: Any, made: Collection[Any]) -> None:
    """Add renditions that were made meanwhile, so that they are not made again."""
    if image.known_renditions is not None:
        for each in made:
            row = Known(str(each.file.name), each.width, each.height)
            image.known_renditions[each.filter_spec, each.focal_point_key] = row


def address(image: Any, rendition: Known) -> str:
    """Return the address of a rendition's file."""
    return address_of(rendition.name, StoredRendition.view_name, image.pk)


def record(image: Any, wanted: Filter, rendition: Known) -> Any:
    """Return a known rendition as a record of its model, for what asks for one."""
    made = image.get_rendition_model()(
        image=image,
        filter_spec=wanted.spec,
        focal_point_key=wanted.get_cache_key(image),
        file=rendition.name,
        width=rendition.width,
        height=rendition.height,
    )
    # By which Wagtail knows that no cache has to be told of it.
    made._from_cache = True
    return made
