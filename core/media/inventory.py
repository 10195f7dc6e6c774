"""What lies in the stores of pictures and films, against what the rows say."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone

from core.media.private_files import FILES
from core.media.stores import PREFIX, either_store
from core.models.images import SiteRendition
from core.models.replaced_files import ReplacedFile
from seo.social_pictures.making import left_over

# The folders of pictures and films, with all that is in them. Whoever looks after the
# server may keep something else beside them.
_FOLDERS = ("original_images", "images", "videos")
_PRIVATE_FOLDER = re.compile(rf"{'|'.join(_FOLDERS)}|(?:siteimage|video)-\d+-[a-z]+")
# A file is stored some time before its row.
_SETTLED = timedelta(hours=1)
_ROWS: dict[type[models.Model], tuple[str, ...]] = {**FILES, SiteRendition: ("file",)}
_NAMES: dict[type[models.Model], tuple[str, ...]] = {**_ROWS, ReplacedFile: ("name",)}


class LostFile(NamedTuple):
    """A row that names a file which is not there."""

    row: Any
    name: str

    def __str__(self) -> str:
        return f"{self.row._meta.verbose_name} {self.row.pk}: {self.name}"


def files_without_rows() -> Iterator[str]:
    """Yield the names of files that no row names, but for those stored just now.

    Those of social pictures have no rows: they belong to what a page says now.
    """
    known = _names()
    for folder in _folders():
        for name in _beneath(folder):
            if name not in known and _is_settled(name) and name not in _names(name):
                yield name
    yield from filter(_is_settled, left_over())


def _folders() -> Iterator[str]:
    yield from _FOLDERS
    private, _files = either_store.listdir(PREFIX)
    yield from (PREFIX + name for name in private if _PRIVATE_FOLDER.fullmatch(name))


def _is_settled(name: str) -> bool:
    try:
        return either_store.get_modified_time(name) < timezone.now() - _SETTLED
    except FileNotFoundError:
        return False  # deleted meanwhile


def rows_without_files() -> Iterator[LostFile]:
    """Yield the rows whose files are not there: pictures, films and renditions."""
    for model, fields in _ROWS.items():
        for row in model._base_manager.order_by("pk"):
            for field in fields:
                name = str(getattr(row, field).name or "")
                if name and not either_store.exists(name):
                    yield LostFile(row, name)


def is_made_anew(lost: LostFile) -> bool:
    """Return whether pages make the lost file anew once its row is gone.

    Renditions are, from an original that is there. Where that is gone as well, the
    store may be away, such as a disk that is not mounted.
    """
    if not isinstance(lost.row, SiteRendition):
        return False
    return either_store.exists(str(lost.row.image.file.name))


def _beneath(folder: str) -> Iterator[str]:
    folders, names = either_store.listdir(f"{folder}/")
    yield from (f"{folder}/{name}" for name in names)
    for each in folders:
        yield from _beneath(f"{folder}/{each}")


def _names(only: str = "") -> set[str]:
    """Return the names in all rows, or ``only`` that one if a row has it."""
    found: set[str] = set()
    for model, fields in _NAMES.items():
        for field in fields:
            rows = model._base_manager.all()
            if only:
                rows = rows.filter(**{field: only})
            found.update(rows.values_list(field, flat=True))
    return found - {""}
