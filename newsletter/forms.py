"""Forms of the newsletter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_ADDRESS_LENGTH = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_INVALID = _("Enter an e-mail address in full, such as name@example.org.")


class SignUpForm(forms.Form):
    """The sign-up form, with a honeypot."""

    email = forms.EmailField(
        max_length=MAX_ADDRESS_LENGTH,
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _INVALID,
            "max_length": _INVALID,
            "null_characters_not_allowed": _INVALID,
        },
    )
    website = forms.CharField(required=False)

    @property
    def typed(self) -> str:
        """The typed address, shortened, to show it again."""
        value: Any = self.data.get("email", "")
        return str(value).replace("\0", "")[:MAX_ADDRESS_LENGTH]

    @property
    def error(self) -> str:
        """The address's error in one sentence, "" for none."""
        return str(next(iter(self.errors.get("email", [])), ""))

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))


class FindSubscriberForm(forms.Form):
    """The search for a subscriber; posted, since logs hold query strings."""

    email = forms.EmailField(label=_("E-mail address"), max_length=MAX_ADDRESS_LENGTH)
