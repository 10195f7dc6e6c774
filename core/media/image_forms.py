"""The upload form for pictures."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.widgets import AdminImageChooser

from core.media.image_metadata import without_metadata
from core.media.people_forms import ShowsPeopleForm
from core.media.picture_check import (
    UNREADABLE,
    check_parts,
    check_pixels,
    damaged,
    too_many_pixels,
)
from core.models.images import SiteImage
from core.models.replaced_files import keep_for_a_while


class SiteImageField(WagtailImageField):
    """Wagtail's field, which also refuses damaged and hostile files.

    Its value is free of metadata already: whatever could go wrong with a file's pixels
    goes wrong here, where it can be said.
    """

    def to_python(self, data: Any) -> Any:
        if data not in self.empty_values:
            self._check_before_it_is_opened(data)
        file = super().to_python(data)
        if file is None:
            return None
        try:
            return without_metadata(file)
        except UNREADABLE as error:
            raise damaged() from error

    def _check_before_it_is_opened(self, data: Any) -> None:
        self.check_image_file_size(data)
        content = _content(data)
        extension = Path(data.name).suffix.lower()[1:]
        if extension not in self.allowed_image_extensions:
            code = "invalid_image_extension"
            raise ValidationError(self.error_messages[code], code=code)
        if content.lstrip().startswith(b"<"):  # Willow would read it all as an SVG
            code, found = "invalid_image_known_format", "svg"
            params = {"extension": extension, "image_format": found}
            raise ValidationError(self.error_messages[code] % params, code=code)
        check_parts(content)

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            check_pixels(_content(f))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise too_many_pixels() from error
        except UNREADABLE as error:
            raise damaged() from error


def _content(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    file.seek(0)
    return content


def _are_alike(one: Any, other: Any) -> bool:
    """Return whether pictures have the same proportions, but for one part in fifty."""
    across, down = one.width * other.height, one.height * other.width
    return bool(abs(across - down) * 50 <= max(across, down))


class _KeepingImageForm(BaseImageForm):
    """Wagtail's form, but a file that another replaces stays for a while.

    Wagtail deletes it at once, with its renditions, though pages that are stored
    somewhere still name them.
    """

    original_file: Any

    def save(self, commit: bool = True) -> Any:
        self.original_file = None
        stored = SiteImage._base_manager.filter(pk=self.instance.pk if commit else None)
        old = stored.values_list("file", flat=True).first()
        saved = super().save(commit=commit)
        # Wagtail opens a new file to measure it.
        saved.file.close()
        if old and old != saved.file.name:
            keep_for_a_while(saved, old)
        return saved


class SiteImageForm(ShowsPeopleForm, _KeepingImageForm):
    """The upload and edit form of `core.SiteImage`.

    Whom it shows is stored last: what is kept by then goes with whoever is taken out.
    """

    class Meta(BaseImageForm.Meta):
        widgets = {**BaseImageForm.Meta.widgets, "for_dark": AdminImageChooser}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            field = SiteImageField(label=stock.label, required=stock.required)
            field.widget = stock.widget
            self.fields["file"] = field
        if description := self.fields.get("description"):
            description.help_text = _(
                "What the picture shows, for people who cannot see it. A page that "
                "uses it may say it better for its place."
            )
        if kind := self.fields.get("creator_kind"):
            kind.required = False  # a form that was opened before does not ask
        if not (self.instance.pk and "file" in self.fields):
            # Where pictures are uploaded, no other is chosen: its own form asks.
            self.fields.pop("for_dark", None)

    def clean_creator_kind(self) -> str:
        return str(self.cleaned_data["creator_kind"] or self.instance.creator_kind)

    def _post_clean(self) -> None:
        super()._post_clean()
        dark = self.cleaned_data.get("for_dark")
        if dark and dark.pk == self.instance.pk:
            self.add_error("for_dark", _("Choose another picture than this one."))
        elif dark and not _are_alike(dark, self.instance):
            self.add_error(
                "for_dark",
                _(
                    "Its proportions differ from those of this picture: {dark} against "
                    "{day} pixels. Cut it to the same proportions."
                ).format(
                    dark=f"{dark.width} x {dark.height}",
                    day=f"{self.instance.width} x {self.instance.height}",
                ),
            )
