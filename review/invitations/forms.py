"""What is asked of somebody who invites a reviewer, and of who is invited."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from people.models import PersonPage
from review.four_eyes import invitation_refusal, is_address_of_an_account
from review.models.invitations import CODE_DIGITS

_NOT_DIGITS = re.compile(r"[\s-]+")
_NO_CODE = (
    ngettext_lazy(
        "Type the %d digit of the code from our e-mail.",
        "Type the %d digits of the code from our e-mail.",
        CODE_DIGITS,
    )
    % CODE_DIGITS
)
LONGEST_COMMENT = 5000  # characters


class InviteForm(forms.Form):
    """Whom to invite, and where."""

    person = forms.ModelChoiceField(
        label=_("Reviewer"),
        queryset=PersonPage.objects.none(),
        empty_label=_("Choose a profile"),
        help_text=_(
            "Published profiles with a clinical credential that was checked, of people "
            "without an account here."
        ),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "Their own, which nobody else reads: the link and the code go there. It is "
            "forgotten once the invitation is over."
        ),
    )

    def __init__(self, data: Any = None, *, page: Any, user: Any) -> None:
        super().__init__(data)
        self.page = page
        self.user = user
        chosen: Any = self.fields["person"]
        checked = PersonPage.objects.live().filter(
            credential_checks__isnull=False, credentials__is_clinical=True
        )
        without = checked.exclude(reviewer__user__is_active=True)
        chosen.queryset = without.distinct().order_by("title")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if is_address_of_an_account(email):
            raise ValidationError(
                _(
                    "This is the address of an account here. Type the address of the "
                    "person who is to review the page."
                )
            )
        return email

    def clean(self) -> Any:
        person = self.cleaned_data.get("person")
        if person and (why := invitation_refusal(self.page, person, self.user)):
            self.add_error("person", why)
        return self.cleaned_data


class CodeForm(forms.Form):
    """Asks for a code, however its digits are grouped."""

    code = forms.CharField(
        label=_("Code"),
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


class ChangesForm(forms.Form):
    """What must change before the page can be approved."""

    comment = forms.CharField(
        label=_("What has to change"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what has to change.")},
    )


def wrong_code() -> str:
    return gettext(
        "This code is not right, or works no more. Have a new one sent to you."
    )
