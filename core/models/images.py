"""Pictures: credited, described, and free of what a camera adds."""

from typing import Any

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from core.image_metadata import without_metadata


class SiteImage(AbstractImage):
    """A picture. ``description`` is the alternative text unless a page gives one."""

    credit = models.CharField(
        max_length=200,
        blank=True,
        help_text="Who made it, as printed beneath the picture.",
    )
    licence = models.CharField(
        max_length=200, blank=True, help_text="Under which terms it may be used."
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")
    # The chooser leaves withheld files out, in searches too.
    search_fields = [*AbstractImage.search_fields, index.FilterField("file")]

    class Meta(AbstractImage.Meta):
        verbose_name = "image"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new file without position, device, dates or any other metadata."""
        if self.file and not self.file._committed:
            self.file.file = without_metadata(self.file.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)


class SiteRendition(AbstractRendition):
    """A picture made to measure."""

    image = models.ForeignKey(
        SiteImage, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="unique_rendition",
            )
        ]
