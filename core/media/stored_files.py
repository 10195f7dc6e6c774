"""The files of pictures and films: without camera metadata, in the right store.

Whatever writes a file into a record, a form, one of Wagtail's uploads or a script, ends
in ``FieldFile.save``; so that is where metadata is taken out.
"""

from functools import lru_cache
from pathlib import PurePath
from typing import Any

from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from PIL import Image
from wagtail.images.models import WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from core.media import image_metadata
from core.media.films import cleaning
from core.media.stores import either_store, is_private


@lru_cache(maxsize=4096)  # a page prints a hundred, mostly those of other pages, too
def address_of(name: str, view_name: str, pk: int) -> str:
    """Return the address of a stored file, which follows from its name.

    Args:
        name: Under which it is stored.
        view_name: Where it is asked for when it is private.
        pk: Of the picture or film that it belongs to.
    """
    if is_private(name):
        return reverse(view_name, args=[pk, PurePath(name).name])
    return either_store.url(name)


class StoredFile(FieldFile):
    """A file in the public or in the private store, as its name says.

    Attributes:
        view_name: The address at which a private one is asked for.
        owner: The attribute with the primary key of the picture or film it belongs to.
    """

    view_name = "private_film"
    owner = "pk"

    instance: Any

    @property
    def storage(self) -> Storage:
        return either_store

    @storage.setter
    def storage(self, value: Storage) -> None:
        """Take no notice of the field's own store, which knows the public one only."""

    @property
    def url(self) -> str:
        if not is_private(self.name):
            return str(super().url)
        pk = getattr(self.instance, self.owner)
        return address_of(str(self.name), self.view_name, pk)


class StoredRendition(StoredFile, WagtailImageFieldFile):
    """The file of a `SiteRendition`."""

    view_name = "private_picture"
    owner = "image_id"


class StoredPicture(StoredFile, WagtailImageFieldFile):
    """The file of a `SiteImage`; its size and hash are those of the stored file."""

    view_name = "private_picture"

    def save(self, name: str, content: Any, save: bool = True) -> None:
        if not isinstance(content, image_metadata.CleanPicture):
            content = image_metadata.without_metadata(content)
            content.name = name  # without one, Django does not measure it
        self.instance.file_size = content.size
        self.instance.file_hash = hash_filelike(content)
        super().save(name, content, save)

    def get_image_dimensions(self) -> tuple[int, int]:
        """Read width and height from the file's head; Willow would decode all of it."""
        was_closed = self.closed
        self.open()
        try:
            with Image.open(self) as image:
                return image.size
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)


class StoredFilm(StoredFile):
    """The file of a `Video`."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        with cleaning.without_metadata(content) as clean:
            super().save(name, clean, save)


def store_as(model: Any, field: str, stored: type[StoredFile]) -> None:
    """Make ``stored`` the file class of a model's field.

    Django documents no way to choose the class (`attr_class`); a test in
    tests/core/test_upstream.py fails once a field takes no notice of it. The class is
    set on the field as it is, since a field of our own in its place would
    stand in every migration, and behind the width, height and hash that depend on it.
    """
    model._meta.get_field(field).attr_class = stored
