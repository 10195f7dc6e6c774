"""The form with which readers report a problem."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from review.models.reader_reports import ReaderReport

MOST_CHARACTERS = 2000
MOST_OF_PASSAGE = 500  # characters
_MOST_OF_PLACE = 200  # characters: more than a page offers
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_ADDRESS = _("Enter an e-mail address in full, such as name@example.org, or none.")
_SIGNS = _("Take out what is no letter or sign: something unreadable was pasted.")


class _Text(forms.CharField):
    """Text whose line breaks count as one character, as they do in the browser."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReportForm(forms.Form):
    """What it is about, where, what is wrong, and an address for the answer."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ReaderReport.Kind.choices,
        error_messages={
            "required": _("Choose what it is about."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    place = _Text(
        label=_("Which paragraph?"),
        max_length=_MOST_OF_PLACE,
        required=False,
        error_messages={
            "max_length": _("Choose one of these."),
            "null_characters_not_allowed": _("Choose one of these."),
        },
    )
    passage = _Text(
        label=_("Where on the page?"),
        max_length=MOST_OF_PASSAGE,
        required=False,
        error_messages={
            "max_length": _("Shorten it to 500 characters: its beginning is enough."),
            "null_characters_not_allowed": _SIGNS,
        },
    )
    text = _Text(
        label=_("What is the problem?"),
        max_length=MOST_CHARACTERS,
        required=False,
        error_messages={
            "max_length": _("Shorten it to 2,000 characters."),
            "null_characters_not_allowed": _SIGNS,
        },
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=_LONGEST_ADDRESS,
        required=False,
        error_messages={
            "invalid": _ADDRESS,
            "max_length": _ADDRESS,
            "null_characters_not_allowed": _ADDRESS,
        },
    )
    website = forms.CharField(required=False)

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        is_other = cleaned.get("kind") == ReaderReport.Kind.OTHER
        if is_other and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write in a few words what it is."))
        # What was chosen comes first, as the passage is found by its first line.
        told = (cleaned.get("place"), cleaned.get("passage"))
        cleaned["passage"] = "\n".join(filter(None, dict.fromkeys(told)))
        return cleaned

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by field, to show it again."""
        return {
            name: str(self.data.get(name, "")).replace("\0", "")
            for name in ("kind", "place", "passage", "text", "email")
        }

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """The first error of each field, with the field's name, in their order."""
        return [
            (name, str(self.errors[name][0]))
            for name in self.fields
            if name in self.errors
        ]

    @property
    def error_of(self) -> dict[str, str]:
        return dict(self.mistakes)

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))
