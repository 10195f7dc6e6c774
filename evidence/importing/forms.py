"""The upload form for references."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from evidence.formats import detect

_LARGEST_MB = detect.LARGEST // 1024 // 1024


class UploadForm(forms.Form):
    """A file or pasted text, read into ``contents``."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        help_text=(
            format_lazy(
                _(
                    "BibTeX, RIS, NBIB (PubMed) or CSL-JSON, up to {size} MB. Its "
                    "name does not matter."
                ),
                size=_LARGEST_MB,
            )
        ),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Or paste it here"),
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "The same formats, or DOIs, PubMed and PMC numbers, such as "
            "10.1093/brain/awaa333 or PMID 33253391, or a list of references as it is "
            "printed: one on each line."
        ),
    )

    contents: detect.Contents

    def clean_file(self) -> Any:
        file: Any = self.cleaned_data["file"]
        if file and (file.size or 0) > detect.LARGEST:
            raise ValidationError(
                gettext(
                    "It is larger than {size} MB. Export the list in parts."
                ).format(size=_LARGEST_MB)
            )
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        file, text = data.get("file"), data.get("text", "")
        if self.errors:
            return data
        if bool(file) == bool(text.strip()):
            raise ValidationError(_("Choose a file or paste a list: one of the two."))
        try:
            self.contents = detect.read(file.read() if file else text)
        except detect.Unreadable as error:
            self.add_error("file" if file else "text", str(error))
        return data
