"""The upload form for articles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from articles.importing.reading.sources import LARGEST, LARGEST_ZIP, Sources

_MB = 1024 * 1024


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned to a list."""

    def __init__(self, **kwargs: Any) -> None:
        types = ".md,.markdown,.html,.htm,.zip,image/*"
        widget = _FilesInput(attrs={"accept": types})
        super().__init__(widget=widget, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file) for file in files if file]


class UploadForm(forms.Form):
    """Files or pasted text, read into ``sources``."""

    uploads = FilesField(
        required=False,
        label=_("Files"),
        help_text=(
            format_lazy(
                _(
                    "Markdown or HTML, with the pictures that they show, or a zip "
                    "file of them: up to {size} MB. More than 100 files go into a zip "
                    "file."
                ),
                size=LARGEST // _MB,
            )
        ),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Or paste one article here"),
        widget=AdminAutoHeightTextInput,
        help_text=_("Markdown or HTML, with its front matter."),
    )
    makes_references = forms.BooleanField(
        required=False,
        label=_("Add works that the reference library does not have"),
        help_text=_(
            "Entries of a list of references that give a DOI or a PubMed number become "
            "references, with what can be read of them. Without it, they stay in the "
            "text as typed."
        ),
    )

    sources: Sources

    def __init__(self, *args: Any, may_make_references: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_make_references:
            del self.fields["makes_references"]

    def clean_uploads(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["uploads"]
        if sum(file.size or 0 for file in files) > max(LARGEST, LARGEST_ZIP):
            raise ValidationError(
                gettext("They are larger than {size} MB. Import them in parts.").format(
                    size=LARGEST // _MB
                )
            )
        return files

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        files, text = data.get("uploads", []), data.get("text", "")
        if bool(files) == bool(text.strip()):
            raise ValidationError(
                _("Choose files or paste an article: one of the two.")
            )
        self.sources = Sources()
        for file in files:
            self.sources.add(file.name, file.read())
        if text.strip():
            is_html = text.lstrip("\ufeff \t\r\n").startswith("<")
            name = f"pasted.{'html' if is_html else 'md'}"
            self.sources.add(name, text.encode(errors="replace"))
        return data
