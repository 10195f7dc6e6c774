"""A form that asks for an e-mail address alone, such as to send a link to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_CHARACTERS = 254  # RFC 3696, errata 1690
_NO_ADDRESS = _("Enter your e-mail address in full, such as name@example.org.")


class EmailForm(forms.Form):
    email = forms.EmailField(
        max_length=_CHARACTERS,
        error_messages={
            "required": _NO_ADDRESS,
            "invalid": _NO_ADDRESS,
            "max_length": _NO_ADDRESS,
            "null_characters_not_allowed": _NO_ADDRESS,
        },
    )

    @property
    def typed(self) -> str:
        """The typed address, shortened, to show it again."""
        value: Any = self.data.get("email", self.initial.get("email", ""))
        return str(value).replace("\0", "")[:_CHARACTERS]

    @property
    def error(self) -> str:
        """The mistake in one sentence, "" for none."""
        return str(next(iter(self.errors.get("email", [])), ""))
