"""The form in which pictures are uploaded, and which it refuses."""

from typing import Any

from django import forms
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class SiteImageField(WagtailImageField):
    """Wagtail's field; absurd sizes and damaged files get a sentence, too."""

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                _decode(file)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise forms.ValidationError(
                "This picture has too many pixels to be opened safely. "
                "Make it smaller than 40 million pixels and upload it again.",
                code="file_too_many_pixels",
            ) from error
        except (OSError, SyntaxError) as error:
            raise forms.ValidationError(
                "This picture is damaged: it ends too early or cannot be read. "
                "Export it again and upload the new file.",
                code="damaged",
            ) from error
        return file


def _decode(file: Any) -> None:
    """Read every pixel, which a header alone does not promise."""
    file.seek(0)
    with Image.open(file) as image:
        image.load()
    file.seek(0)


class SiteImageForm(BaseImageForm):
    """The upload and edit form of `core.SiteImage`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            field = SiteImageField(label=stock.label, required=stock.required)
            field.widget = stock.widget
            self.fields["file"] = field
        if description := self.fields.get("description"):
            description.help_text = (
                "What the picture shows, for people who cannot see it. "
                "A page that uses it may say it better for its place."
            )
