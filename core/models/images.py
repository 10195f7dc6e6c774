"""Images, with credit and licence and without camera metadata."""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.db.models.query import ModelIterable
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    ImageQuerySet,
)

from core.media.coverage import only_covered
from core.media.renditions import create, folder_of
from core.media.stored_files import StoredPicture, StoredRendition, store_as
from core.media.stores import PREFIX, is_private, never_used
from core.models.shown_people import ShowsPeopleMixin, ShowsPeopleQuerySet
from core.pictures import known_renditions
from core.pictures.filters import shared
from core.pictures.known_renditions import Known
from core.pictures.provenance import Provenance, is_made_with_ai, source_type


class _ForReaders(ModelIterable):  # type: ignore[type-arg]
    """Yields pictures that may be shown now, once the renditions of all are read."""

    def __iter__(self) -> Iterator[Any]:
        images = only_covered(super().__iter__())
        for_dark = [image.for_dark for image in images if image.for_dark_id]
        dark = only_covered(for_dark)
        known_renditions.read([*images, *dark])
        for image in images:
            found = image.for_dark if image.for_dark_id else None
            image.__dict__["covered_for_dark"] = found if found in dark else None
        return iter(images)


class SiteImageQuerySet(ShowsPeopleQuerySet, ImageQuerySet):
    """Completes the sentence “pictures …”."""

    def for_readers(self) -> "SiteImageQuerySet":
        """Return those that may be shown now, with their renditions.

        The same of their pictures for the dark theme.

        Not to be sliced or counted: pictures are left out once they are fetched, and
        renditions are no records, which takes a third of the time. Django documents no
        way to say what rows become; Wagtail's ``specific()`` has the same.
        """
        clone = self.select_related("for_dark")
        clone._iterable_class = _ForReaders
        return clone


class SiteImage(ShowsPeopleMixin, AbstractImage):
    """A picture; ``description`` is its default alternative text."""

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it, as printed beneath the picture."),
    )
    creator = models.CharField(
        _("creator"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "The name alone of the person or organisation, for search engines. Leave "
            "blank what is not known."
        ),
    )
    creator_kind = models.CharField(
        _("the creator is"),
        max_length=12,
        choices=[("Person", _("a person")), ("Organization", _("an organisation"))],
        default="Person",
        db_default="Person",
    )
    licence = models.CharField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("Under which terms it may be used."),
    )
    provenance = models.CharField(
        _("how it was made"),
        max_length=10,
        choices=Provenance,
        blank=True,
        default="",
        db_default="",
        help_text=_("Readers are told beneath the picture."),
    )
    for_dark = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture for the dark theme"),
        help_text=_(
            "Shown instead to readers whose device is set to dark. It must have the "
            "same proportions."
        ),
    )

    objects = SiteImageQuerySet.as_manager()

    # By specification and key of the focal point; None until they are read.
    known_renditions: dict[tuple[str, str], Known] | None = None

    admin_form_fields = (
        *Image.admin_form_fields,
        "credit",
        "creator",
        "creator_kind",
        "licence",
        "provenance",
        "for_dark",
        "shows",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def provenance_label(self) -> str:
        """How it was made, for readers; "" where nobody has said."""
        # Django's own puts every name there is into words each time.
        return str(dict(Provenance.choices).get(self.provenance, self.provenance))

    @property
    def is_made_with_ai(self) -> bool:
        """Whether readers are told that AI took part."""
        return is_made_with_ai(self.provenance)

    @property
    def digital_source_type(self) -> str:
        """How it was made, for machines; "" where nobody has said."""
        return source_type(self.provenance)

    @property
    def shown_in_the_dark(self) -> "SiteImage | None":
        """The picture for the dark theme, unless it may not be shown.

        It shows whom this one shows, so it must be as protected as this one.
        """
        if not self.for_dark_id:
            return None
        if "covered_for_dark" in self.__dict__:  # fetched with it (core.prefetch)
            dark: SiteImage | None = self.__dict__["covered_for_dark"]
        else:
            dark = next(iter(only_covered([self.for_dark])), None)
        if dark is None or (self.shows_people and not dark.shows_people):
            return None
        return dark

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete, once no rendition can be made any more."""
        type(self)._base_manager.select_for_update().filter(pk=self.pk).first()
        return super().delete(*args, **kwargs)

    def get_upload_to(self, filename: str) -> str:
        path = never_used(super().get_upload_to(filename))
        return f"{PREFIX}{path}" if self.shows_people else path

    def get_rendition(self, filter: Filter | str) -> Any:  # noqa: A002  (Wagtail's name)
        (rendition,) = self.get_renditions(filter).values()
        return rendition

    def get_renditions(self, *filters: Filter | str) -> dict[str, Any]:
        renditions: dict[str, Any] = super().get_renditions(*map(shared, filters))
        return renditions

    def find_existing_renditions(self, *filters: Filter) -> dict[Filter, Any]:
        """Find renditions among those that were read, else as Wagtail does."""
        if self.known_renditions is None:
            found: dict[Filter, Any] = super().find_existing_renditions(*filters)
            return found
        found = {
            each: known_renditions.record(self, each, rendition)
            for each in filters
            if (rendition := known_renditions.known(self, each))
        }
        # A task may have made them since.
        if others := [each for each in filters if each not in found]:
            found |= (since := super().find_existing_renditions(*others))
            known_renditions.note(self, since.values())
        return found

    def create_rendition(self, filter: Filter) -> Any:  # noqa: A002  (Wagtail's name)
        return self.create_renditions(filter)[filter]

    def create_renditions(self, *filters: Filter) -> dict[Filter, Any]:
        made = create(self, filters)
        known_renditions.note(self, made.values())
        return made


store_as(SiteImage, "file", StoredPicture)


class SiteRendition(AbstractRendition):
    """A rendition of a picture."""

    image = models.ForeignKey(
        SiteImage,
        on_delete=models.CASCADE,
        related_name="renditions",
        verbose_name=_("image"),
    )

    class Meta:
        verbose_name = _("site rendition")
        verbose_name_plural = _("site renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="unique_rendition",
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """Return a place in the picture's own folder, in the store of its original."""
        private = is_private(self.image.file.name)
        folder = folder_of(self.image_id, private=private)
        return f"{folder}/{self.file.field.storage.get_valid_name(filename)}"

    @staticmethod
    def construct_cache_key(image: Any, filter_cache_key: str, filter_spec: str) -> str:
        """Name the original in the key, so that what was moved is not found again."""
        key = AbstractRendition.construct_cache_key(
            image, filter_cache_key, filter_spec
        )
        return f"{key}-{image.file.name}"


store_as(SiteRendition, "file", StoredRendition)
