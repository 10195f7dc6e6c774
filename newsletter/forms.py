"""What visitors and staff type."""

from typing import Any

from django import forms

MAX_ADDRESS_LENGTH = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_INVALID = "Enter an e-mail address in full, such as name@example.org."


class SignUpForm(forms.Form):
    """An address, and a field that only machines fill in."""

    email = forms.EmailField(
        max_length=MAX_ADDRESS_LENGTH,
        error_messages={
            "required": "Enter your e-mail address.",
            "invalid": _INVALID,
            "max_length": _INVALID,
            "null_characters_not_allowed": _INVALID,
        },
    )
    website = forms.CharField(required=False)

    @property
    def typed(self) -> str:
        """What was typed, as far as it can be an address, to be shown again."""
        value: Any = self.data.get("email", "")
        return str(value).replace("\0", "")[:MAX_ADDRESS_LENGTH]

    @property
    def error(self) -> str:
        """What is wrong with the address, in one sentence; "" when nothing is."""
        return str(next(iter(self.errors.get("email", [])), ""))

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))


class FindSubscriberForm(forms.Form):
    """Posted, since what is searched for in an address stands in the logs."""

    email = forms.EmailField(label="E-mail address", max_length=MAX_ADDRESS_LENGTH)
