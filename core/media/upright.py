"""Turns stored pictures upright, as uploads are now."""

from enum import StrEnum
from pathlib import PurePath
from typing import Any

from django.db import transaction
from PIL import Image

from core.media.image_metadata import is_turned, without_metadata
from core.models.images import SiteImage

_FOCAL_POINT = (
    ("focal_point_x", 0),
    ("focal_point_y", 1),
    ("focal_point_width", 0),
    ("focal_point_height", 1),
)


class Found(StrEnum):
    """The state of a stored picture."""

    UPRIGHT = "upright"
    TURNED = "turned"
    MISMEASURED = "mismeasured"


def look_at(image: SiteImage) -> Found:
    """Compare a picture's file with its record.

    Raises:
        Exception: What its store or Pillow raises where the file is missing or damaged.
    """
    with image.file.open() as file, Image.open(file) as picture:
        if is_turned(picture):
            return Found.TURNED
        measured = picture.size
    upright = measured == (image.width, image.height)
    return Found.UPRIGHT if upright else Found.MISMEASURED


def mend(pk: int) -> Found:
    """Store a picture upright with its true size, and return its former state.

    The row holds the old file until the new one is complete, so that nothing is lost
    however it is interrupted, and a picture that was mended is upright ever after.

    Raises:
        Exception: As ``look_at``; nothing has changed then.
    """
    with transaction.atomic():
        image = SiteImage.objects.select_for_update().get(pk=pk)
        found = look_at(image)
        if found is not Found.UPRIGHT:
            _store_upright(image, found)
    return found


def _store_upright(image: SiteImage, found: Found) -> None:
    """Store it, and delete the old file and its renditions.

    They are not kept for pages in caches, as others that are replaced are: no upload of
    this site lies on its side, so they may hold what a camera notes of the place.
    """
    storage, old = image.file.storage, image.file.name
    size = (image.width, image.height)
    try:
        if found is Found.TURNED:
            with image.file.open() as file:
                clean = without_metadata(file)
            image.file.save(PurePath(old).name, clean, save=False)
        image.width, image.height = image.file.get_image_dimensions()
        _keep_focal_point(image, size)
        image.save()
        for rendition in image.renditions.all():
            rendition.delete()
    except BaseException:
        if image.file.name != old:
            storage.delete(image.file.name)
        raise
    if image.file.name != old:
        transaction.on_commit(lambda: storage.delete(old))


def _keep_focal_point(image: Any, old: tuple[int, int]) -> None:
    """Scale the focal point to the new size, where the editor saw it.

    Wagtail shows a picture upright where the point is chosen, and stores the place in
    proportion to the width and height of the record: those of the picture as it lay.
    """
    new = (image.width, image.height)
    for name, side in _FOCAL_POINT:
        value = getattr(image, name)
        if value is not None and old[side]:
            setattr(image, name, round(value * new[side] / old[side]))
