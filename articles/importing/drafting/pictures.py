"""Pictures that come with articles; each is stored once, however often it is used."""

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from articles.importing.drafting.linking import resolved
from articles.importing.drafting.tokens import Placeholders
from articles.importing.reading.sources import Source
from core.media.image_forms import SiteImageField
from core.models.images import SiteImage

LONGEST_TITLE = 255


def collection_for(user: Any) -> Any:
    """Return the first collection where ``user`` may add pictures, or None.

    The command line, which is nobody, may add them at the root.
    """
    if user is None:
        return Collection.get_first_root_node()
    collections = permission_policy.collections_user_has_permission_for(user, "add")
    return collections.order_by("path").first()


@dataclass
class Pictures:
    """Finds the picture files that articles refer to.

    Args:
        files: The pictures that were handed in, by path.
        may_add: Whether new ones may be added to the site.
        placeholders: Gives each new one a number.
    """

    files: dict[str, Source]
    may_add: bool
    placeholders: Placeholders
    used: set[str] = field(default_factory=set)
    known: dict[str, tuple[int, str]] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for path in self.files:
            names.setdefault(posixpath.basename(path), []).append(path)
        return names

    def find(self, base: str, src: str) -> tuple[int, str]:
        """Return the picture's id or placeholder, or 0 and the reason."""
        try:
            parts = urlsplit(src)
        except ValueError:
            return 0, _("This is not the address of a picture.")
        if parts.scheme or parts.netloc:
            if parts.scheme == "data":
                return 0, _(
                    "It is written into the file. Save it as a file of its own."
                )
            return (
                0,
                _("It is on another site and is not fetched. Hand in its file, too."),
            )
        path = self._path(base, parts.path)
        if path is None:
            name = posixpath.basename(parts.path) or _("its file")
            return (
                0,
                _(
                    "“{name}” was not handed in. Hand it in together with the article."
                ).format(name=name),
            )
        self.used.add(path)
        if path not in self.known:
            self.known[path] = self._look_up(self.files[path])
        return self.known[path]

    def _path(self, base: str, src: str) -> str | None:
        exact = resolved(base, src)
        if exact in self.files:
            return exact
        # Files chosen one by one in a browser have lost their folders.
        named = self._by_name.get(posixpath.basename(exact), [])
        return named[0] if len(named) == 1 else None

    def _look_up(self, source: Source) -> tuple[int, str]:
        try:
            existing = same_picture(source)
        except ValidationError as error:
            return 0, " ".join(error.messages)
        if existing:
            return existing.pk, ""
        if not self.may_add:
            return 0, _("It is not on this site yet, and you may not add pictures.")
        return self.placeholders.picture(source.path), ""


def same_picture(source: Source) -> SiteImage | None:
    """Return the existing picture with the same contents as this file, if any.

    Raises:
        ValidationError: It is no picture that the site takes.
    """
    clean = SiteImageField().clean(_file(source))
    hashes = {hash_filelike(clean), hash_filelike(BytesIO(source.data))}
    return SiteImage.objects.filter(file_hash__in=hashes).order_by("pk").first()


def _file(source: Source) -> SimpleUploadedFile:
    return SimpleUploadedFile(posixpath.basename(source.path), source.data)


def add(source: Source, alt: str, user: Any, collection: Any) -> SiteImage:
    """Store a picture; its model removes camera metadata."""
    stem = posixpath.splitext(posixpath.basename(source.path))[0]
    title = " ".join(stem.replace("_", " ").replace("-", " ").split())
    return SiteImage.objects.create(
        title=title[:LONGEST_TITLE] or _("Picture"),
        description=alt[:LONGEST_TITLE],
        file=_file(source),
        uploaded_by_user=user,
        collection=collection,
    )
