"""What staff type to ask for more, to decide, and to give an opinion."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models import further_questions
from applications.models.applications import Application
from applications.models.decisions import MOST_LETTERS, OUTCOMES, DecisionReason
from applications.models.states import ApplicationState


class AskForm(forms.Form):
    """A question to the applicant."""

    text = forms.CharField(
        label=_("What you need"),
        max_length=further_questions.MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "The applicant reads it on the status page, and no word of it in an "
            "e-mail. Say what it is for, and by when you need it."
        ),
        error_messages={"required": _("Write what you need.")},
    )
    takes_files = forms.BooleanField(
        label=_("They can send files with the answer"),
        required=False,
        help_text=_("Photographs and PDFs, up to five."),
    )


class DecideForm(forms.Form):
    """A decision, composed of reasons that staff keep and of words of its own."""

    state = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "The applicant reads them on the status page, and no word of them in an "
            "e-mail."
        ),
        error_messages={"required": _("Write why.")},
    )
    reason = forms.ModelChoiceField(
        label=_("A text that you keep"),
        queryset=DecisionReason.objects.all(),
        required=False,
        empty_label=_("Choose a text"),
    )

    def __init__(
        self,
        *args: Any,
        states: Sequence[ApplicationState],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["state"]
        choice.choices = [(state.key, state.name) for state in states]

    def with_reason(self) -> dict[str, Any]:
        """Return what was posted, with the chosen text put at the end of the reasons.

        Nothing typed is lost whatever else is wrong with it.
        """
        typed = self.data.get("reasons", "").rstrip()
        try:
            chosen = self.fields["reason"].clean(self.data.get("reason"))
        except forms.ValidationError:
            chosen = None
        parts = [typed, chosen.text] if chosen else [typed]
        return {
            "state": self.data.get("state", ""),
            "reasons": "\n\n".join(part for part in parts if part),
        }


class OpinionForm(forms.Form):
    """What a reader thinks."""

    outcome = forms.ChoiceField(
        label=_("Your opinion"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you think.")},
    )
    text = forms.CharField(
        label=_("Reasons"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "For colleagues alone. The other reader sees them once both opinions are "
            "in; after that neither can be changed."
        ),
        error_messages={"required": _("Write why.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            Application.Status.ACCEPTED: gettext("Accept it"),
            Application.Status.DECLINED: gettext("Decline it"),
        }
        choice: Any = self.fields["outcome"]
        choice.choices = [(status.value, words[status]) for status in OUTCOMES]
