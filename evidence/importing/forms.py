"""The form in which a list of references is handed in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.widgets import AdminAutoHeightTextInput

from evidence.formats import detect

_LARGEST_MB = detect.LARGEST // 1024 // 1024


class UploadForm(forms.Form):
    """A file or pasted text, read into ``contents``."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        help_text=(
            "BibTeX, RIS, NBIB (PubMed) or CSL-JSON, up to "
            f"{_LARGEST_MB} MB. Its name does not matter."
        ),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste it here",
        widget=AdminAutoHeightTextInput,
        help_text=(
            "The same formats, or DOIs and PubMed numbers, one on each line, such as "
            "10.1093/brain/awaa333 or PMID 33253391."
        ),
    )

    contents: detect.Contents

    def clean_file(self) -> Any:
        file: Any = self.cleaned_data["file"]
        if file and (file.size or 0) > detect.LARGEST:
            raise ValidationError(
                f"It is larger than {_LARGEST_MB} MB. Export the list in parts."
            )
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        file, text = data.get("file"), data.get("text", "")
        if self.errors:
            return data
        if bool(file) == bool(text.strip()):
            raise ValidationError("Choose a file or paste a list: one of the two.")
        try:
            self.contents = detect.read(file.read() if file else text)
        except detect.Unreadable as error:
            self.add_error("file" if file else "text", str(error))
        return data
