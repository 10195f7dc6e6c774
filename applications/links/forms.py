"""The form that asks for the code of a link."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.models.links import CODE_DIGITS

_NO_CODE = _("Enter the six digits of the code, such as 123 456.")
_NOT_DIGITS = re.compile(r"[\s\-\u2013.]")


class CodeForm(forms.Form):
    """Asks for a code, however its digits are grouped."""

    code = forms.CharField(
        max_length=40,
        error_messages={
            "required": _NO_CODE,
            "max_length": _NO_CODE,
            "null_characters_not_allowed": _NO_CODE,
        },
    )

    def clean_code(self) -> str:
        code = _NOT_DIGITS.sub("", self.cleaned_data["code"])
        if not (code.isascii() and code.isdigit() and len(code) == CODE_DIGITS):
            raise ValidationError(_NO_CODE)
        return code

    @property
    def error(self) -> str:
        """The mistake in one sentence, "" for none."""
        return str(next(iter(self.errors.get("code", [])), ""))
