"""The admin's forms about one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.persons.person import Person


class FindForm(forms.Form):
    """Whom somebody looks for, and why; posted, since logs hold addresses of visits."""

    who = forms.CharField(
        max_length=254,
        label=_("Who"),
        help_text=_(
            "An e-mail address, the number of an application, or the code of a story's "
            "subject."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Say whom to look for.")},
    )
    reason = forms.CharField(
        max_length=300,
        label=_("Why you look"),
        help_text=_("Such as: asked by letter of 3 March. It is kept encrypted."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why: finding somebody is recorded.")},
    )

    def clean_who(self) -> Person:
        return Person.typed(self.cleaned_data["who"])


class EraseForm(forms.Form):
    """Asks again before anything is erased."""

    sure = forms.BooleanField(
        label=_("I have checked that this is the person, and that nothing forbids it."),
        error_messages={
            "required": _("Tick the box: nothing of what is erased comes back.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
