"""The form field that asks for files, or for the word that they will be brought.

Its value is ``{"files": [{"id", "name", "size"}], "later", "refused": [sentence]}``:
the files that are kept already, whether the rest will be brought, and why some of those
sent last are not kept. A file with ``has_virus`` has to be removed.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext

from applications.uploads.checking import ACCEPT

# Names of buttons: one more file is sent, or one taken away, on the same step.
STAY = "stay"
REMOVE = "remove"


class FilesWidget(forms.Widget):
    """The kept files, each with a button that removes it, and an input for more."""

    template_name = "applications/forms/files.html"
    needs_multipart_form = True
    use_fieldset = True

    def __init__(self, files: int, megabytes: int, may_bring: bool) -> None:
        super().__init__()
        self.files, self.megabytes, self.may_bring = files, megabytes, may_bring

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        value = value if isinstance(value, dict) else {}
        context["widget"] |= {
            "value": value,
            "input_id": self.id_for_label(context["widget"]["attrs"].get("id", "")),
            "accept": ACCEPT,
            "is_invalid": "aria-invalid" in context["widget"]["attrs"],
            # In a preview there is no draft to keep them with.
            "can_send": "files" in value,
            "limits": limits_in_words(self.files, self.megabytes),
            "may_bring": self.may_bring,
            "multiple": self.files > 1,
            "later_name": later_name(name),
            "stay": STAY,
            "remove": REMOVE,
        }
        return context

    def id_for_label(self, id_: str) -> str:
        # The field's own id is that of the group.
        return f"{id_}_files" if id_ else ""

    def format_value(self, value: Any) -> Any:
        return value

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what the draft knows; what a browser posts is read by `answers`."""
        value = data.get(name)
        return value if isinstance(value, dict) else {}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class FilesField(forms.Field):
    """Files, given back as their ids and names; "" where there are none."""

    def __init__(
        self, *, files: int, megabytes: int, may_bring: bool, **kwargs: Any
    ) -> None:
        super().__init__(widget=FilesWidget(files, megabytes, may_bring), **kwargs)
        self.may_bring = may_bring

    def clean(self, value: Any) -> Any:
        files = value.get("files") or []
        found = [_with_virus(file) for file in files if file.get("has_virus")]
        if refused := [*(value.get("refused") or []), *found]:
            raise ValidationError(refused)
        later = bool(value.get("later")) and self.may_bring
        if files or later:
            return {"files": files, "later": later}
        if self.required:
            raise ValidationError(self._missing(), code="required")
        return ""

    def _missing(self) -> str:
        if self.may_bring:
            sentence = gettext(
                "Add a file to “{question}”, or say that you will bring it"
            )
        else:
            sentence = gettext("Add a file to “{question}”")
        return sentence.format(question=self.label)


def _with_virus(file: dict[str, Any]) -> str:
    """Return what to do about a file in which a virus was found after it was kept."""
    sentence = gettext(
        "“{name}”: our virus scanner has found something in this file. Remove it. Send "
        "a photograph of it instead, or bring it with you."
    )
    return sentence.format(name=file["name"])


def later_name(name: str) -> str:
    """Return the name of the box that says "I will bring it"."""
    return f"{name}-later"


def limits_in_words(files: int, megabytes: int) -> str:
    sentence = ngettext(
        "%(files)d file of up to %(megabytes)d MB: a picture (JPEG, PNG, WebP or HEIC) "
        "or a PDF.",
        "Up to %(files)d files, each of up to %(megabytes)d MB: pictures (JPEG, PNG, "
        "WebP or HEIC) or PDFs.",
        files,
    )
    return sentence % {"files": files, "megabytes": megabytes}


def file_texts(given: Any) -> list[str]:
    """Return the cleaned value in words: a line for each file."""
    if not given:
        return []
    texts = [
        f"{file['name']} ({filesizeformat(file['size'])})" for file in given["files"]
    ]
    return [*texts, gettext("I will bring it")] if given["later"] else texts
