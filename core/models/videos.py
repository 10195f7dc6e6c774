"""Videos, with captions and transcript."""

from typing import Any

from django.contrib.admin import display
from django.core.validators import FileExtensionValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from core.media.film_check import validate_captions, validate_video
from core.media.stored_files import StoredFile, StoredFilm, store_as
from core.media.stores import PREFIX, never_used
from core.models.images import SiteImage
from core.models.replaced_files import keep_for_a_while
from core.models.shown_people import ShowsPeopleMixin, ShowsPeopleQuerySet

# By the states of `core.media.films.stored`.
_PROBLEMS = {
    "UNREMOVABLE": _(
        "May say where it was made, in a track that cannot be taken out. Export it "
        "anew and upload it."
    ),
    "DAMAGED": _(
        "Is damaged, and may say where it was made. Export it anew and upload it."
    ),
}


def film_upload_to(video: "Video", filename: str) -> str:
    """Return where a film or its captions are stored."""
    return f"{PREFIX if video.shows_people else ''}videos/{never_used(filename)}"


def delete_after_commit(file: models.fields.files.FieldFile) -> None:
    """Delete ``file`` from its store once nothing can bring its row back."""
    if file:
        storage, name = file.storage, str(file.name)
        transaction.on_commit(lambda: storage.delete(name))


class VideoQuerySet(ShowsPeopleQuerySet):
    """Completes the sentence “films …”."""


class Video(ShowsPeopleMixin, index.Indexed, models.Model):
    """A video with captions, transcript and poster."""

    title = models.CharField(_("title"), max_length=150)
    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One sentence, for search engines."),
    )
    file = models.FileField(
        _("file"),
        upload_to=film_upload_to,
        validators=[FileExtensionValidator(["mp4", "webm"]), validate_video],
        help_text=_("MP4 (H.264) plays everywhere. At most 200 MB."),
    )
    captions = models.FileField(
        _("captions"),
        upload_to=film_upload_to,
        blank=True,
        validators=[FileExtensionValidator(["vtt"]), validate_captions],
        help_text=_("A WebVTT file with what is said and heard."),
    )
    poster = models.ForeignKey(
        SiteImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The still picture shown until somebody presses play."),
        verbose_name=_("poster"),
    )
    transcript = RichTextField(
        _("transcript"),
        blank=True,
        features=["bold", "italic", "ul"],
        help_text=_("What is said and shown, for those who cannot see or hear it."),
    )
    duration_seconds = models.PositiveIntegerField(
        _("duration seconds"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    # What was found in its files, by name, and by which version of
    # `core.media.films.cleaning`.
    looked_at = models.JSONField(null=True, editable=False)

    objects = VideoQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("file"),
        FieldPanel("poster"),
        MultiFieldPanel(
            [FieldPanel("captions"), FieldPanel("transcript")],
            heading=_("Accessibility"),
        ),
        FieldPanel("duration_seconds"),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the files that others replace for a while."""
        before = Video.objects.filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        for name in ("file", "captions") if before else ():
            old = getattr(before, name)
            if old and old != getattr(self, name):
                keep_for_a_while(self, old.name)

    @display(description=_("to be seen to"))
    def film_problem(self) -> str:
        """What an editor has to do about its file, "" for nothing."""
        _version, state = (self.looked_at or {}).get(str(self.file.name), (0, ""))
        return str(_PROBLEMS.get(state, ""))

    @property
    def duration(self) -> str:
        """The length as ISO 8601, such as ``PT95S``; "" when it is not known."""
        return f"PT{self.duration_seconds}S" if self.duration_seconds else ""

    @property
    def media_type(self) -> str:
        """The media type of the file, as the source element wants it."""
        return "video/webm" if str(self.file.name).endswith(".webm") else "video/mp4"


store_as(Video, "file", StoredFilm)
store_as(Video, "captions", StoredFile)
