"""The forms with which consents are given, narrowed, filed and asked for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from testimonials.consent.documents import checked
from testimonials.models.consent import CHANNELS, SCOPES, Consent
from testimonials.models.wording import ConsentWording

# What each means to whoever ticks it.
MEANING = {
    "scope_medical_detail": _("My story: what I had, how I was treated, how it went"),
    "scope_name": _("My name"),
    "scope_initials": _("My initials, where my name is not shown"),
    "scope_photograph": _("Photographs of me"),
    "scope_video": _("Videos of me (shown only if my voice is allowed, too)"),
    "scope_voice": _("My voice"),
    "channel_website": _("On this website"),
    "channel_social": _("On social media"),
    "channel_print": _("In print"),
}


class GiveForm(forms.Form):
    """Asks for each scope and channel by itself; nothing is ticked beforehand.

    Of several on one page each has the wording that it is asked with.
    """

    scopes = forms.MultipleChoiceField(
        choices=[(name, MEANING[name]) for name in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        label=_("What may be shown"),
        error_messages={"required": _("Tick what may be shown.")},
    )
    channels = forms.MultipleChoiceField(
        choices=[(name, MEANING[name]) for name in CHANNELS],
        widget=forms.CheckboxSelectMultiple,
        label=_("Where it may be shown"),
        error_messages={"required": _("Tick where it may be shown.")},
    )

    def __init__(self, wording: ConsentWording, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{wording.pk}_%s"
        super().__init__(*args, **kwargs)
        self.wording = wording

    def clean_scopes(self) -> list[str]:
        scopes: list[str] = self.cleaned_data["scopes"]
        if "scope_medical_detail" not in scopes:
            raise ValidationError(
                _("Tick your story, too: without it nothing else is shown.")
            )
        return scopes


class NarrowForm(forms.Form):
    """Asks what somebody takes back, of what they allow."""

    lost = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label=_("What I take back"),
        error_messages={"required": _("Tick what you take back.")},
    )

    def __init__(self, allowed: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What somebody else has taken back meanwhile may be ticked as well.
        field: Any = self.fields["lost"]
        field.choices = [(name, MEANING[name]) for name in (*SCOPES, *CHANNELS)]
        self.allowed = allowed

    @property
    def offered(self) -> list[tuple[str, Any, bool]]:
        """What can be taken back: name, meaning, whether it was ticked."""
        ticked = self.data.getlist("lost") if self.is_bound else []  # type: ignore[attr-defined]
        return [(name, MEANING[name], name in ticked) for name in self.allowed]


class DocumentForm(forms.Form):
    """Asks staff for a scan, and of which consent it is."""

    consent = forms.ModelChoiceField(Consent.objects.none(), label=_("Consent"))
    file = forms.FileField(
        label=_("Signed document"),
        help_text=_(
            "A PDF, or a picture in JPEG or PNG. It is kept encrypted, and whoever "
            "saves it is recorded."
        ),
    )

    def __init__(self, subject: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["consent"]
        field.queryset = subject.consents.all()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.content = file.read()
        checked(file.name, self.content)
        return file


class LinkForm(forms.Form):
    """Asks staff where the link is to be mailed."""

    email = forms.EmailField(
        label=_("The person's e-mail address"),
        required=False,
        help_text=_("It is kept encrypted, and shown to nobody in full."),
    )

    def __init__(self, last: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last
        if last:
            self.fields["email"].help_text = _(
                "Leave it blank to take the address of the last link. It is kept "
                "encrypted, and shown to nobody in full."
            )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if not email and not self.last:
            raise ValidationError(_("Enter the address, such as name@example.org."))
        return email
