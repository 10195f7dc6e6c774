"""Makes renditions of pictures, one file for each row.

Wagtail stores a rendition's file before it knows whether another process has made the
same one, and keeps the file of whoever comes second without a row. Here the files are
made first, and stored while the picture's row is locked.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from copy import copy
from io import BytesIO
from typing import Any

from django.core.files import File
from django.db import DatabaseError, transaction
from django.utils.crypto import get_random_string
from wagtail.images.models import Filter, SourceImageIOError

from core.media.picture_check import UNREADABLE
from core.media.stores import PREFIX, without_digits

logger = logging.getLogger(__name__)

_FOLDER = "images"
_AT_ONCE = 3  # as many as Wagtail makes
# Lossless WebP is for logos, which are small.
_SLOW = re.compile(r"format-(?:avif|webp)(?![\w-])")

# The specifications that are missing from a page, by picture; None while nobody waits
# for it. What is missing is made in the fastest format, which then stands for the slow
# ones, and a task makes those (docs/adr/0018).
Missing = defaultdict[int, set[str]]
missing: ContextVar[Missing | None] = ContextVar("missing", default=None)


class NotNow(SourceImageIOError):
    """The store or the memory failed, so that another time it may be made."""


def folder_of(image_pk: int, *, private: bool) -> str:
    """Return the folder with the renditions of one picture, and nothing else."""
    return f"{PREFIX if private else ''}{_FOLDER}/{image_pk}"


def create(image: Any, filters: Collection[Filter]) -> dict[Filter, Any]:
    """Return the renditions ``filters`` of ``image``, making those that do not exist.

    While somebody waits for a page, JPEG stands for formats that take long to make.
    What cannot be made now is noted as missing, too: nobody keeps a page without it.

    Raises:
        SourceImageIOError: The file cannot be read, or the picture was deleted; while
            somebody waits, also where the rendition cannot be stored.
    """
    slow = [each for each in filters if _fast(each) != each]
    noted = missing.get()
    if not slow or noted is None:
        try:
            return _created(image, filters)
        except NotNow as error:
            logger.warning("Picture %s is left out for now: %r", image.pk, error)
            if noted is not None:
                noted.setdefault(image.pk, set())
            raise
    fast = list(dict.fromkeys(map(_fast, filters)))
    made = image.get_renditions(*fast)
    noted[image.pk].update(each.spec for each in slow)
    return {each: _standing_in(made[_fast(each).spec]) for each in filters}


def _fast(wanted: Filter) -> Filter:
    spec = _SLOW.sub("format-jpeg", wanted.spec)
    return wanted if spec == wanted.spec else Filter(spec=spec)


def _as_jpeg(wanted: Filter) -> Filter:
    kept = [part for part in wanted.spec.split("|") if not part.startswith("format-")]
    return Filter(spec="|".join([*kept, "format-jpeg"]))


def _standing_in(rendition: Any) -> Any:
    """Return a copy of which Wagtail tells no cache, where it would be the slow one."""
    other = copy(rendition)
    other._from_cache = True
    return other


def _created(image: Any, filters: Collection[Filter]) -> dict[Filter, Any]:
    if not filters:
        return {}
    files = _files(image, filters)
    _name(files.values())
    try:
        with transaction.atomic():
            locked = _locked(image)
            if _is_same(locked, image):
                return {
                    each: _stored(locked, image, each, files[each]) for each in filters
                }
    except (SourceImageIOError, DatabaseError):
        raise
    except Exception as error:  # of whatever store
        if missing.get() is None:
            raise  # a task fails by it, and is tried again
        raise NotNow(str(error)) from error
    # Another file was uploaded meanwhile.
    return _created(locked, filters)


def _files(image: Any, filters: Collection[Filter]) -> dict[Filter, Any]:
    try:
        with image.open_file() as file:
            original = file.read()
    except Exception as error:  # of whatever store
        raise NotNow(str(error)) from error

    def converted(wanted: Filter) -> Any:
        source: Any = File(BytesIO(original), name=image.file.name)
        return image.generate_rendition_file(wanted, source=source)

    def made(wanted: Filter) -> Any:
        """Return the file; a JPEG where the format cannot hold such a picture."""
        try:
            return converted(wanted)
        except UNREADABLE as error:
            logger.warning("%s of picture %s: %r", wanted.spec, image.pk, error)
            try:
                return converted(_as_jpeg(wanted))
            except MemoryError as other:
                raise NotNow(str(other)) from other
            except UNREADABLE as other:
                # Pages print a sign in its place.
                raise SourceImageIOError(str(other)) from other

    with ThreadPoolExecutor(min(_AT_ONCE, len(filters))) as executor:
        return dict(zip(filters, executor.map(made, filters), strict=True))


def _name(files: Iterable[Any]) -> None:
    """Give files a name that no rendition had before.

    Wagtail deletes files by name, some time later. What makes a name new comes first
    and is the same for all: addresses on a page begin alike, which compresses well.
    """
    new = get_random_string(7)
    for file in files:
        file.name = f"{new}-{without_digits(file.name)}"


def _locked(image: Any) -> Any:
    locked = type(image)._base_manager.select_for_update().filter(pk=image.pk).first()
    if locked is None:
        raise SourceImageIOError("The picture was deleted.")
    return locked


def _is_same(locked: Any, image: Any) -> bool:
    if locked.file.name == image.file.name:
        return True
    # One that was moved meanwhile has another name and the same content.
    return bool(locked.file_hash and locked.file_hash == image.file_hash)


def _stored(locked: Any, image: Any, wanted: Filter, file: Any) -> Any:
    """Return the rendition's row; a new file goes to where the original is now."""
    rendition, _created = locked.renditions.get_or_create(
        filter_spec=wanted.spec,
        focal_point_key=wanted.get_cache_key(image),
        defaults={"file": file},
    )
    # It bears the alternative text of the place where the picture stands.
    rendition.image = image
    return rendition
