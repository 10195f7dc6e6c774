"""Moving pictures, with their captions and transcript."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MinValueValidator
from django.db import models, transaction
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from core.models.images import SiteImage
from core.video_metadata import without_metadata

MAX_VIDEO_BYTES = 200 * 1024 * 1024


def validate_video(file: models.fields.files.FieldFile) -> None:
    """Refuse what is no MP4 or WebM, or too large to serve, with a sentence."""
    if file.size > MAX_VIDEO_BYTES:
        raise ValidationError(
            "A video may be at most 200 MB. Compress it, then try again."
        )
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    if head[4:8] != b"ftyp" and head[:4] != b"\x1a\x45\xdf\xa3":
        raise ValidationError("This file is no MP4 or WebM video. Export it as MP4.")


def validate_captions(file: models.fields.files.FieldFile) -> None:
    """Refuse what does not begin as a WebVTT file does."""
    file.seek(0)
    head = file.read(9).removeprefix(b"\xef\xbb\xbf")
    file.seek(0)
    if not head.startswith(b"WEBVTT"):
        raise ValidationError(
            "Captions must be a WebVTT file, which begins with WEBVTT."
        )


def delete_after_commit(file: models.fields.files.FieldFile) -> None:
    """Delete ``file`` from its store once nothing can bring its row back."""
    if file:
        storage, name = file.storage, str(file.name)
        transaction.on_commit(lambda: storage.delete(name))


class Video(index.Indexed, models.Model):
    """A video that pages show, kept here with everything that makes it accessible."""

    title = models.CharField(max_length=150)
    summary = models.CharField(
        max_length=300, blank=True, help_text="One sentence, for search engines."
    )
    file = models.FileField(
        upload_to="videos",
        validators=[FileExtensionValidator(["mp4", "webm"]), validate_video],
        help_text="MP4 (H.264) plays everywhere. At most 200 MB.",
    )
    captions = models.FileField(
        upload_to="videos",
        blank=True,
        validators=[FileExtensionValidator(["vtt"]), validate_captions],
        help_text="A WebVTT file with what is said and heard.",
    )
    poster = models.ForeignKey(
        SiteImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The still picture shown until somebody presses play.",
    )
    transcript = RichTextField(
        blank=True,
        features=["bold", "italic", "ul"],
        help_text="What is said and shown, for those who cannot see or hear it.",
    )
    duration_seconds = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)]
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("file"),
        FieldPanel("poster"),
        MultiFieldPanel(
            [FieldPanel("captions"), FieldPanel("transcript")], heading="Accessibility"
        ),
        FieldPanel("duration_seconds"),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save without what a telephone adds; delete files that others replace."""
        file: Any = self.file
        if file and not file._committed:
            file.file = without_metadata(file.file)
        before = Video.objects.filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        for name in ("file", "captions") if before else ():
            old = getattr(before, name)
            if old != getattr(self, name):
                delete_after_commit(old)

    @property
    def duration(self) -> str:
        """The length as ISO 8601, such as ``PT95S``; "" when it is not known."""
        return f"PT{self.duration_seconds}S" if self.duration_seconds else ""

    @property
    def media_type(self) -> str:
        """The media type of the file, as the source element wants it."""
        return "video/webm" if str(self.file.name).endswith(".webm") else "video/mp4"
