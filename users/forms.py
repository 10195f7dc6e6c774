"""Forms for signing in."""

from textwrap import wrap
from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from cryptography.fernet import InvalidToken
from django import forms
from wagtail.admin.forms.auth import PasswordResetForm

from users import encryption, limits, second_factor
from users.tasks import mail_password_resets

# How long somebody may take from the picture of a secret to its first code.
SET_UP_SECONDS = 60 * 60


class SignInForm(LoginForm):
    """The sign-in form: name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autofocus"] = True


class _LimitedCode(forms.Form):
    """A code that counts attempts and is valid once."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self.fields["code"])

    def clean_code(self) -> str:
        attempts = second_factor.attempts(context.request, self.user)
        limits.count(context.request, attempts)
        code: str = super().clean_code()  # type: ignore[misc]
        if not second_factor.is_first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        limits.take_back(attempts)
        return code

    def save(self) -> None:
        super().save()  # type: ignore[misc]
        second_factor.note_given(context.request, self.user)


class CodeForm(_LimitedCode, AuthenticateForm):
    """Asks for a code after the password."""


class ConfirmByCodeForm(_LimitedCode, ReauthenticateForm):
    """Asks somebody who is signed in for another code."""


class SetUpForm(ActivateTOTPForm):
    """Asks for the first code of a new secret.

    Allauth keeps the secret in the session until then, in clear text in the database.
    Here it waits in the form, encrypted and for one person.
    """

    data: Any
    secret: str
    user: Any

    sealed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self.fields["code"])
        clear_totp_secret(context.request)
        posted = self._opened(self.data.get("sealed", ""))
        self.secret = posted or self.secret
        if not posted:
            sealed = encryption.encrypt(f"{self.user.pk}:{self.secret}")
            self.initial["sealed"] = sealed
            if self.is_bound:
                self.data = {**self.data.dict(), "sealed": sealed}

    @property
    def spelled_secret(self) -> str:
        """The secret in groups that can be typed and that fit on a phone."""
        return " ".join(wrap(self.secret, 4))

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not second_factor.is_first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def _opened(self, sealed: str) -> str:
        try:
            opened = encryption.decrypt(sealed, SET_UP_SECONDS)
        except InvalidToken:
            return ""
        owner, _, secret = opened.partition(":")
        return secret if owner == str(self.user.pk) else ""


def _ask_for_digits(field: forms.Field) -> None:
    field.widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class ResetPasswordForm(PasswordResetForm):
    """Asks where to send a link for a new password."""

    def save(self, **kwargs: Any) -> None:
        """Take equally long whether or not somebody here has the address."""
        users = self.get_users(self.cleaned_data["email"])
        mail_password_resets.enqueue([user.pk for user in users])
